using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Akka.Actor;

namespace Moovolt.Cluster;

/// <summary>What the writes of one node's entities have felt of the journal of late.</summary>
/// <param name="Commits">How long each write took that was stored within the window, its wait for a turn included.</param>
/// <param name="Waiting">Writes under way.</param>
/// <param name="OldestWaits">How long the oldest of them has been under way; zero when there is none.</param>
/// <param name="SinceStored">How long ago the last one was stored; null when none was.</param>
/// <param name="Sufferers">
/// Of how many entities writes have failed since the last one was stored; counted up to
/// <see cref="JournalLoad.SufferersCounted"/>.
/// </param>
/// <param name="FailingFor">How long ago the first of those failed; zero when none did.</param>
/// <param name="SinceFailed">How long ago the last of them failed; null when none did.</param>
public sealed record JournalReading(
    ImmutableArray<TimeSpan> Commits,
    int Waiting,
    TimeSpan OldestWaits,
    TimeSpan? SinceStored,
    int Sufferers,
    TimeSpan FailingFor,
    TimeSpan? SinceFailed);

/// <summary>
/// How much of this node is on its way to the journal: the bound on it, and how long it takes. An entity asks here
/// before it stores, so that the journal's own queue never overflows: that would stop every entity that writes.
/// </summary>
/// <param name="most">Writes under way, at most.</param>
public sealed class JournalLoad(int most, TimeProvider time) : IExtension
{
    /// <summary>One failing entity says something about itself; as many as this, about the journal.</summary>
    public const int SufferersCounted = 3;

    /// <summary>So many commits are remembered: of more, the latest say enough.</summary>
    private const int Remembered = 1_000;

    private static readonly Meter Meter = new("Moovolt.Cluster");

    private static readonly Histogram<double> Took = Meter.CreateHistogram<double>(
        "moovolt_journal_write_seconds", description: "From an entity's decision to its commit.");

    private static readonly Counter<long> PutOff = Meter.CreateCounter<long>(
        "moovolt_journal_writes_put_off",
        description: "Messages to entities that were dropped, to be told again, since too many writes were under way.");

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> turn = Channel.CreateBounded<bool>(1);
    private readonly Lock gate = new();
    private readonly (long At, TimeSpan Took)[] commits = new (long, TimeSpan)[Remembered];
    private readonly Queue<Write> queue = new();
    private readonly HashSet<string> sufferers = new(StringComparer.Ordinal);
    private long committed;
    private long? storedAt;
    private long failingSince;
    private long failedAt;
    private int inJournal;
    private int admitted;

    /// <summary>Writes under way, at most.</summary>
    public int Most => most;

    /// <summary>Writes under way: of entities that wait, or of such as have given up and are in the journal's queue.</summary>
    public int Waiting => Math.Max(Volatile.Read(ref admitted), Volatile.Read(ref inJournal));

    /// <summary>
    /// Nothing can be stored, as far as this node knows. Histories are then read one at a time: each that is asked for in
    /// vain leaves a connection behind, and a database that comes back would first have to deal with all of them.
    /// </summary>
    public bool IsDown { get; set; }

    /// <summary>The one of an actor system; its bound is <c>moovolt.entities.writes-in-flight</c>.</summary>
    public static JournalLoad Of(ActorSystem system) => system.WithExtension<JournalLoad, Provider>();

    /// <summary>What was felt lately.</summary>
    /// <param name="within">How far to look back.</param>
    public JournalReading Read(TimeSpan within)
    {
        lock (gate)
        {
            while (queue.TryPeek(out var first) && first.IsOver) queue.Dequeue();
            var recent = ImmutableArray.CreateBuilder<TimeSpan>();
            for (var n = committed - 1; n >= 0 && n >= committed - Remembered; n--)
            {
                var commit = commits[n % Remembered];
                if (time.GetElapsedTime(commit.At) > within) break;
                recent.Add(commit.Took);
            }

            return new JournalReading(
                recent.DrainToImmutable(),
                Waiting,
                queue.TryPeek(out var oldest) ? time.GetElapsedTime(oldest.BeganAt) : TimeSpan.Zero,
                storedAt is { } at ? time.GetElapsedTime(at) : null,
                sufferers.Count,
                sufferers.Count > 0 ? time.GetElapsedTime(failingSince) : TimeSpan.Zero,
                sufferers.Count > 0 ? time.GetElapsedTime(failedAt) : null);
        }
    }

    /// <summary>An entity is about to be read.</summary>
    /// <returns>To be disposed of when it has been; null when nobody has to wait for that.</returns>
    /// <exception cref="TimeoutException">Others are read, and nothing can be stored: it is tried again when it is told again.</exception>
    internal async ValueTask<IDisposable?> ReadAsync(CancellationToken cancellation)
    {
        if (!IsDown) return null;
        using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        deadline.CancelAfter(Patience);
        try
        {
            await turn.Writer.WriteAsync(true, deadline.Token);
            return new Turn(turn);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            throw new TimeoutException("nothing can be stored at the moment, and others are being read.");
        }
    }

    /// <summary>An entity is about to store something.</summary>
    /// <returns>
    /// False when too much is under way: what it was told is then as good as lost, and whoever waits tells it again.
    /// </returns>
    internal bool TryEnter()
    {
        if (Interlocked.Increment(ref admitted) <= most && Volatile.Read(ref inJournal) < most) return true;
        Interlocked.Decrement(ref admitted);
        PutOff.Add(1);
        return false;
    }

    /// <summary>That has come to its end, whichever.</summary>
    internal void Leave() => Interlocked.Decrement(ref admitted);

    /// <summary>A write has reached the journal.</summary>
    internal Write Begin(string persistenceId)
    {
        var write = new Write(persistenceId, time.GetTimestamp());
        lock (gate)
        {
            inJournal++;
            queue.Enqueue(write);
            while (queue.Peek().IsOver) queue.Dequeue();
        }

        return write;
    }

    internal void Stored(Write write)
    {
        var now = time.GetTimestamp();
        var length = time.GetElapsedTime(write.BeganAt, now);
        lock (gate)
        {
            End(write);
            commits[committed++ % Remembered] = (now, length);
            storedAt = now;
            sufferers.Clear();
        }

        Took.Record(length.TotalSeconds);
    }

    /// <summary>Nothing of it can be written down as it is: that says nothing about the journal.</summary>
    internal void Rejected(Write write)
    {
        lock (gate) End(write);
    }

    internal void Failed(Write write)
    {
        lock (gate)
        {
            End(write);
            failedAt = time.GetTimestamp();
            if (sufferers.Count == 0) failingSince = failedAt;
            if (sufferers.Count < SufferersCounted) sufferers.Add(write.PersistenceId);
        }
    }

    private void End(Write write)
    {
        write.IsOver = true;
        inJournal--;
    }

    internal sealed class Write(string persistenceId, long beganAt)
    {
        public string PersistenceId => persistenceId;
        public long BeganAt => beganAt;
        public bool IsOver { get; set; }
    }

    private sealed class Turn(Channel<bool> turn) : IDisposable
    {
        public void Dispose() => turn.Reader.TryRead(out _);
    }

    private sealed class Provider : ExtensionIdProvider<JournalLoad>
    {
        public override JournalLoad CreateExtension(ExtendedActorSystem system) =>
            new(system.Settings.Config.GetInt("moovolt.entities.writes-in-flight"), TimeProvider.System);
    }
}
