using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Moovolt.Domain;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Messages;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Doors;

/// <summary>
/// What gateways see: frames, failed handshakes, station readings, when each charger was last heard. It is written when
/// there is time, and dropped with a counter when there is not; no charger ever waits for it.
/// </summary>
public sealed class Observations
{
    private static readonly Meter Meter = new("Moovolt.ReadModel");
    private static readonly Counter<long> DroppedCounter = Meter.CreateCounter<long>(
        "moovolt_observations_dropped_total", description: "Observations that found the queue full, or could not be written");

    private readonly Database database;
    private readonly ObservationLimits limits;
    private readonly ObservationWriter writer;
    private readonly TimeProvider clock;
    private readonly ILogger<Observations> log;
    private readonly Channel<Observed> queue;
    private readonly ConcurrentDictionary<string, long> seen = new(StringComparer.Ordinal);
    private long dropped;

    public Observations(Database database, ObservationLimits limits, TimeProvider clock, ILogger<Observations> log)
    {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
        this.log = log;
        writer = new ObservationWriter(limits);
        queue = Channel.CreateBounded<Observed>(new BoundedChannelOptions(limits.Queue) { SingleReader = true });
    }

    /// <summary>How many observations were dropped since the start of this process.</summary>
    public long Dropped => Interlocked.Read(ref dropped);

    /// <param name="text">The frame, every secret taken out.</param>
    public void Frame(
        ChargePointId chargePoint, long epoch, FrameDirection direction, string? action, string text, DateTimeOffset at) =>
        Take(new Observed.Frame(chargePoint, epoch, direction, action, text, at));

    public void Attempt(Observed.Attempt attempt) => Take(attempt);

    public void Readings(
        ChargePointId chargePoint, ConnectorId connector, ImmutableArray<Sample> samples, DateTimeOffset arrivedAt) =>
        Take(new Observed.Readings(chargePoint, connector, samples, arrivedAt));

    /// <summary>The charger was heard: the latest time of each is written every half minute, in one statement.</summary>
    public void Seen(ChargePointId chargePoint, DateTimeOffset at) => seen[chargePoint.Value] = Instants.Store(at);

    /// <summary>Writes what was taken, until cancelled; then once more what is left.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        var seenAt = clock.GetTimestamp();
        try
        {
            while (true)
            {
                await WaitAsync(cancellation);
                await WriteBatchAsync(cancellation);
                if (clock.GetElapsedTime(seenAt) >= limits.SeenEvery)
                {
                    seenAt = clock.GetTimestamp();
                    await WriteSeenAsync(cancellation);
                }
            }
        }
        catch (OperationCanceledException) when (cancellation.IsCancellationRequested)
        {
            using var last = new CancellationTokenSource(TimeSpan.FromSeconds(2));
            while (queue.Reader.Count > 0 && !last.IsCancellationRequested) await WriteBatchAsync(last.Token);
            await WriteSeenAsync(last.Token);
        }
    }

    private void Take(Observed observed)
    {
        if (!queue.Writer.TryWrite(observed)) Drop(1);
    }

    private void Drop(int count)
    {
        Interlocked.Add(ref dropped, count);
        DroppedCounter.Add(count);
    }

    // The pause comes first, so that what arrives together is written together.
    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(limits.SeenEvery);
        try
        {
            await queue.Reader.WaitToReadAsync(timeout.Token);
        }
        catch (OperationCanceledException) when (!cancellation.IsCancellationRequested)
        {
            // time for the last-seen times
        }

        await Task.Delay(limits.Pause, clock, cancellation);
    }

    private async Task WriteBatchAsync(CancellationToken cancellation)
    {
        var batch = new List<Observed>();
        while (batch.Count < limits.Batch && queue.Reader.TryRead(out var observed)) batch.Add(observed);
        if (batch.Count == 0) return;
        try
        {
            await database.RunAsync(writer.Write(batch), cancellation);
        }
        catch (Exception e)
        {
            Drop(batch.Count);
            log.LogWarning(e, "{Count} observations could not be written and are lost", batch.Count);
        }
    }

    private async Task WriteSeenAsync(CancellationToken cancellation)
    {
        var changed = seen.ToArray();
        if (changed.Length == 0) return;
        try
        {
            await database.RunAsync([ObservationWriter.WriteSeen(database, changed)], cancellation);
            foreach (var entry in changed) seen.TryRemove(entry); // only if it has not changed since
        }
        catch (Exception e)
        {
            log.LogWarning(e, "The last-seen times of {Count} charge points wait for the next round", changed.Length);
        }
    }
}
