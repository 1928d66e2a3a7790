using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics;

namespace Moovolt.Simulator;

/// <summary>What a fleet has seen since its measuring began; all durations are the chargers' own.</summary>
/// <param name="Acknowledged">Transaction messages that got their first CALLRESULT; repeats are not counted.</param>
/// <param name="Pending">Transaction messages that wait for theirs now.</param>
/// <param name="LongestWaitMs">
/// From the first sending of a transaction message to its CALLRESULT, over reconnects.
/// </param>
/// <param name="GivenUp">Transaction messages dropped after too many CALLERRORs.</param>
/// <param name="Contradictions">Sessions that were told a second, different transactionId.</param>
/// <param name="Complaints">Answers of chargers that the server could not read (CALLRESULTERROR).</param>
/// <param name="CpuShare">Of all the machine's cores, by this process.</param>
/// <param name="Transactions">Time to answer of all transaction messages together, each sending by itself.</param>
/// <param name="Actions">The same by action.</param>
public sealed record FleetSnapshot(
    double Seconds,
    int Chargers,
    int Connected,
    long Sessions,
    long Acknowledged,
    double AcknowledgedPerSecond,
    long Pending,
    double LongestWaitMs,
    long Reconnects,
    long FailedDials,
    long CallErrors,
    long Timeouts,
    long GivenUp,
    long Contradictions,
    long RefusedTokens,
    long LateAnswers,
    long Nonsense,
    long CallsHeard,
    long Complaints,
    double CpuSeconds,
    double CpuShare,
    Latency Transactions,
    ImmutableSortedDictionary<string, Latency> Actions);

/// <summary>Counts what happens to a fleet's chargers, from many threads.</summary>
public sealed class FleetStatistics
{
    private volatile Window window = new();

    private sealed class Window
    {
        public readonly long Since = Stopwatch.GetTimestamp();
        public readonly TimeSpan Cpu = Environment.CpuUsage.TotalTime;
        public readonly Histogram Transactions = new();
        public readonly ConcurrentDictionary<string, Histogram> Actions = new();
        public long Sessions, Acknowledged, LongestWait, Reconnects, FailedDials, CallErrors, Timeouts, GivenUp,
            Contradictions, RefusedTokens, LateAnswers, Nonsense, Calls, Complaints;
    }

    /// <summary>Forgets what was counted so far: the warm-up is over.</summary>
    public void Restart() => window = new Window();

    internal void Settled(string action, Outcome outcome, TimeSpan waited, bool isTransaction)
    {
        var now = window;
        if (outcome == Outcome.CallError) Interlocked.Increment(ref now.CallErrors);
        if (outcome == Outcome.TimedOut) Interlocked.Increment(ref now.Timeouts);
        if (outcome != Outcome.Ok) return;
        now.Actions.GetOrAdd(action, static _ => new Histogram()).Record(waited);
        if (isTransaction) now.Transactions.Record(waited);
    }

    internal void Acknowledged(TimeSpan sinceFirstSent)
    {
        var now = window;
        Interlocked.Increment(ref now.Acknowledged);
        Histogram.InterlockedMax(ref now.LongestWait, (long)sinceFirstSent.TotalMicroseconds);
    }

    internal void SessionEnded() => Interlocked.Increment(ref window.Sessions);
    internal void Reconnected() => Interlocked.Increment(ref window.Reconnects);
    internal void DialFailed() => Interlocked.Increment(ref window.FailedDials);
    internal void GivenUp() => Interlocked.Increment(ref window.GivenUp);
    internal void Contradicted() => Interlocked.Increment(ref window.Contradictions);
    internal void TokenRefused() => Interlocked.Increment(ref window.RefusedTokens);
    internal void HeardLate() => Interlocked.Increment(ref window.LateAnswers);
    internal void HeardNonsense() => Interlocked.Increment(ref window.Nonsense);
    internal void HeardComplaint() => Interlocked.Increment(ref window.Complaints);
    internal void Asked() => Interlocked.Increment(ref window.Calls);

    internal FleetSnapshot Read(IReadOnlyCollection<SimulatedCharger> chargers)
    {
        var now = window;
        var seconds = Stopwatch.GetElapsedTime(now.Since).TotalSeconds;
        var cpu = (Environment.CpuUsage.TotalTime - now.Cpu).TotalSeconds;
        var acknowledged = Interlocked.Read(ref now.Acknowledged);
        return new FleetSnapshot(
            Seconds: seconds,
            Chargers: chargers.Count,
            Connected: chargers.Count(charger => charger.IsOnline),
            Sessions: Interlocked.Read(ref now.Sessions),
            Acknowledged: acknowledged,
            AcknowledgedPerSecond: acknowledged / seconds,
            Pending: chargers.Sum(charger => (long)charger.Pending),
            LongestWaitMs: Interlocked.Read(ref now.LongestWait) / 1000.0,
            Reconnects: Interlocked.Read(ref now.Reconnects),
            FailedDials: Interlocked.Read(ref now.FailedDials),
            CallErrors: Interlocked.Read(ref now.CallErrors),
            Timeouts: Interlocked.Read(ref now.Timeouts),
            GivenUp: Interlocked.Read(ref now.GivenUp),
            Contradictions: Interlocked.Read(ref now.Contradictions),
            RefusedTokens: Interlocked.Read(ref now.RefusedTokens),
            LateAnswers: Interlocked.Read(ref now.LateAnswers),
            Nonsense: Interlocked.Read(ref now.Nonsense),
            CallsHeard: Interlocked.Read(ref now.Calls),
            Complaints: Interlocked.Read(ref now.Complaints),
            CpuSeconds: cpu,
            CpuShare: cpu / seconds / Environment.ProcessorCount,
            Transactions: now.Transactions.Read(),
            Actions: now.Actions.ToImmutableSortedDictionary(
                pair => pair.Key, pair => pair.Value.Read(), StringComparer.Ordinal));
    }
}
