using System.Data.Common;
using System.Diagnostics.Metrics;
using Akka.Configuration;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Node;

/// <summary>
/// Asks the journal's database every little while to store something. Whether the journal is there is judged by this,
/// not by the journal's own breaker, which one poisoned batch could open.
/// </summary>
internal sealed class JournalProbe(
    Stores stores, JournalPulse pulse, NodeSettings settings,
    Config config, TimeProvider clock, ILogger<JournalProbe> log)
{
    private static readonly Meter Meter = new("Moovolt.Node");
    private static readonly Histogram<double> Took = Meter.CreateHistogram<double>("moovolt_journal_probe_seconds");

    private readonly string node = $"{settings.RemotingHost}:{settings.RemotingPort} {settings.Urls}";
    private readonly TimeSpan every = config.GetTimeSpan("moovolt.node.journal-probe-interval");
    private readonly TimeSpan downAfter = config.GetTimeSpan("moovolt.node.journal-down-after");
    private long lastAnswered = clock.GetTimestamp();

    /// <summary>Since when nothing can be stored; null while it can.</summary>
    public DateTimeOffset? DownSince { get; private set; }

    /// <summary>Raised on each change, with whether the journal is there.</summary>
    public event Action<bool>? Changed;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(every, clock);
        do
        {
            var began = clock.GetTimestamp();
            try
            {
                using var deadline = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
                deadline.CancelAfter(downAfter);
                await StoreAsync(deadline.Token);
                lastAnswered = clock.GetTimestamp();
                var took = clock.GetElapsedTime(began, lastAnswered);
                pulse.Latency = took;
                Took.Record(took.TotalSeconds);
                Judge(null);
            }
            catch (Exception e) when (e is DbException or IOException or OperationCanceledException or TimeoutException
                && !cancellation.IsCancellationRequested)
            {
                Judge(e);
            }
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private async Task StoreAsync(CancellationToken cancellation)
    {
        await using var connection = await stores.Journal.OpenAsync(cancellation);
        await using var command = connection.CreateCommand();
        command.CommandText =
            "insert into journal_probe (node, at) values (@node, @at) on conflict (node) do update set at = "
                + "excluded.at";
        Add(command, "node", node);
        Add(command, "at", clock.GetUtcNow().ToUnixTimeMilliseconds());
        await command.ExecuteNonQueryAsync(cancellation);
    }

    private void Judge(Exception? failure)
    {
        var silent = clock.GetElapsedTime(lastAnswered);
        if (failure is null && DownSince is { } since)
        {
            log.LogWarning(
                "The journal answers again, after {Seconds:F0} s.", (clock.GetUtcNow() - since).TotalSeconds);
            DownSince = null;
            Changed?.Invoke(true);
        }
        else if (failure is not null && DownSince is null && silent >= downAfter)
        {
            DownSince = clock.GetUtcNow() - silent;
            pulse.Latency = null;
            log.LogError("The journal has not answered for {Seconds:F0} s ({Reason}): no new charger is let in.",
                silent.TotalSeconds, failure.Message);
            Changed?.Invoke(false);
        }
    }

    private static void Add(DbCommand command, string name, object value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = name;
        parameter.Value = value;
        command.Parameters.Add(parameter);
    }
}
