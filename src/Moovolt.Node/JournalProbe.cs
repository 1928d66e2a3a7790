using System.Data.Common;
using System.Diagnostics.Metrics;
using Akka.Configuration;
using Moovolt.Cluster;
using Moovolt.Gateway;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Node;

/// <summary>
/// Watches how well this node can store: by what its entities' commits take, and by storing something itself every
/// little while. The journal's own breaker is not asked, since one poisoned batch could open it. On the same way it asks
/// the database what time it is.
/// </summary>
internal sealed class JournalProbe(
    Stores stores, JournalLoad load, JournalPulse pulse, CheckedClock checkedClock, NodeSettings settings,
    Config config, TimeProvider clock, ILogger<JournalProbe> log)
{
    // The first statement stores nothing and is held up by whatever would hold up an event.
    private const string Store =
        "insert into journal (persistence_id) select '' where false; "
        + "insert into journal_probe (node, at) values (@node, @at) on conflict (node) do update set at = excluded.at";

    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(250);

    /// <summary>
    /// How long the first probe that got no answer in time is waited for beside those after it. A database that stood still
    /// goes on with what it was asked before; new connections stand behind all that were tried meanwhile.
    /// </summary>
    private static readonly TimeSpan LatePatience = TimeSpan.FromMinutes(5);

    private static readonly Meter Meter = new("Moovolt.Node");
    private static readonly Histogram<double> Took = Meter.CreateHistogram<double>("moovolt_journal_probe_seconds");
    private static readonly Gauge<int> UnderWay = Meter.CreateGauge<int>(
        "moovolt_journal_writes_in_flight", description: "Writes of this node's entities that are under way.");

    private static readonly Gauge<int> State = Meter.CreateGauge<int>(
        "moovolt_brownout_state", description: "How well this node can store: 0 green, 1 yellow, 2 red.");

    private readonly string node = $"{settings.RemotingHost}:{settings.RemotingPort} {settings.Urls}";
    private readonly TimeSpan every = config.GetTimeSpan("moovolt.node.journal-probe-interval");
    private readonly BrownoutSettings limits = BrownoutSettings.From(config);
    private DateTimeOffset troubleSince;
    private volatile Judgement judged = new(Strain.Green, clock.GetUtcNow(), "");

    /// <summary>How well this node can store, and since when.</summary>
    public Judgement Judged => judged;

    /// <summary>Raised on each change.</summary>
    public event Action<Strain>? Changed;

    public async Task RunAsync(CancellationToken cancellation)
    {
        var brownout = new Brownout(limits, load.Most, clock);
        Task<Outcome>? probe = null;
        Task<Outcome>? late = null;
        long? beganAt = null;
        using var timer = new PeriodicTimer(Look < every ? Look : every, clock);
        try
        {
            do
            {
                if (probe is { IsCompleted: true })
                {
                    Note(await probe, brownout);
                    probe = null;
                }

                if (late is { IsCompleted: true })
                {
                    if (await late is { Failure: null } at) Note(at, brownout);
                    late = null;
                }

                if (probe is not null && late is null && beganAt is { } since && clock.GetElapsedTime(since) >= limits.DownAfter)
                {
                    brownout.ProbeFailed("there is no answer.");
                    (late, probe) = (probe, null);
                }

                if (probe is null && (beganAt is not { } before || clock.GetElapsedTime(before) >= every))
                {
                    beganAt = clock.GetTimestamp();
                    var patience = late is null ? LatePatience : limits.DownAfter;
                    probe = Task.Run(() => ProbeAsync(patience, cancellation), cancellation); // SQLite's calls are synchronous
                }

                Judge(brownout.Judge(load.Read(limits.Window)));
            }
            while (await timer.WaitForNextTickAsync(cancellation));
        }
        finally
        {
            foreach (var last in new Task?[] { probe, late }.OfType<Task>())
                await last.ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        }
    }

    private async Task<Outcome> ProbeAsync(TimeSpan patience, CancellationToken cancellation)
    {
        var began = clock.GetTimestamp();
        try
        {
            using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            deadline.CancelAfter(patience);
            await using var connection = await stores.Probe.OpenAsync(deadline.Token);
            await StoreAsync(connection, deadline.Token);
            var took = clock.GetElapsedTime(began);
            await CheckClockAsync(connection, deadline.Token);
            return new Outcome(took, null);
        }
        catch (Exception e) when ((Database.IsAway(e) || e is IOException or OperationCanceledException)
            && !cancellation.IsCancellationRequested)
        {
            return new Outcome(clock.GetElapsedTime(began), e.Message);
        }
    }

    private async Task StoreAsync(DbConnection connection, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = Store;
        // SQLite's calls cannot be given up: a node that is asked to end would wait for one as long as that.
        if (stores.Probe.Dialect == SqlDialect.Postgres) command.CommandTimeout = (int)LatePatience.TotalSeconds;
        Add(command, "node", node);
        Add(command, "at", clock.GetUtcNow().ToUnixTimeMilliseconds());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private async Task CheckClockAsync(DbConnection connection, CancellationToken cancellation)
    {
        if (stores.Probe.Dialect != SqlDialect.Postgres)
        {
            checkedClock.IsAlone(); // SQLite has no clock but ours
            return;
        }

        await using var command = connection.CreateCommand();
        command.CommandText = "select clock_timestamp()";
        await checkedClock.CheckAsync(async () =>
        {
            await using var answer = await command.ExecuteReaderAsync(cancellation);
            await answer.ReadAsync(cancellation);
            return await answer.GetFieldValueAsync<DateTimeOffset>(0, cancellation);
        });
    }

    private void Note(Outcome outcome, Brownout brownout)
    {
        if (outcome.Failure is { } why)
        {
            brownout.ProbeFailed(why);
            return;
        }

        brownout.Probed(outcome.Took);
        pulse.Latency = outcome.Took;
        Took.Record(outcome.Took.TotalSeconds);
    }

    private void Judge(Judgement now)
    {
        UnderWay.Record(load.Waiting);
        State.Record((int)now.Strain);
        var before = judged;
        if (before.Strain == now.Strain) return;
        judged = now;
        load.IsDown = now.Strain == Strain.Red;
        if (now.Strain == Strain.Red) pulse.Latency = null;
        pulse.Say(now.Strain.ToString().ToLowerInvariant(), now.Because);
        switch (now.Strain)
        {
            case Strain.Red:
                log.LogError("This node is in red. {Because} No charger is let in, and what chargers say of transactions "
                    + "stays unanswered; in the end they keep it.", now.Because);
                break;
            case Strain.Yellow:
                log.LogWarning("This node is in yellow. {Because} No new charger is let in, and what is no transaction's "
                    + "waits a little.", now.Because);
                break;
            default:
                log.LogWarning(
                    "This node is in green again, after {Seconds:F0} s.", (now.Since - troubleSince).TotalSeconds);
                break;
        }

        if (before.Strain == Strain.Green) troubleSince = now.Since;
        Changed?.Invoke(now.Strain);
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }

    /// <param name="Failure">Why nothing was stored; null when something was.</param>
    private sealed record Outcome(TimeSpan Took, string? Failure);
}
