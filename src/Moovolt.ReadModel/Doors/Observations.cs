using System.Collections.Concurrent;
using System.Collections.Immutable;
using System.Diagnostics.Metrics;
using System.Threading.Channels;
using Microsoft.Extensions.Logging;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Doors;

/// <summary>
/// What gateways see: frames, failed handshakes, station readings, deviations, when each charger was last heard. It is written when
/// there is time, and dropped with a counter when there is not; no charger ever waits for it.
/// </summary>
public sealed class Observations
{
    private static readonly Meter Meter = new("Moovolt.ReadModel");
    private static readonly Counter<long> DroppedCounter = Meter.CreateCounter<long>(
        "moovolt_observations_dropped_total", description: "Observations that found the queue full, or could not be written");

    /// <summary>What is left when the node stops is written within this time, or lost.</summary>
    private static readonly TimeSpan LastWrite = TimeSpan.FromSeconds(2);

    private readonly Database database;
    private readonly ObservationLimits limits;
    private readonly ObservationWriter writer;
    private readonly TimeProvider clock;
    private readonly ILogger<Observations> log;
    private readonly Channel<Observed> queue;
    private readonly ConcurrentDictionary<string, long> seen = new(StringComparer.Ordinal);
    private readonly DeviationTally deviations;
    private long dropped;

    /// <param name="node">Which member of the cluster observes, for those who must look there; null for none.</param>
    public Observations(
        Database database, ObservationLimits limits, TimeProvider clock, ILogger<Observations> log, string? node = null)
    {
        this.database = database;
        this.limits = limits;
        this.clock = clock;
        this.log = log;
        writer = new ObservationWriter(limits, node);
        deviations = new DeviationTally(limits.Deviations);
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

    public void Values(
        ChargePointId chargePoint, int stream, ImmutableArray<StreamValue> values, DateTimeOffset arrivedAt) =>
        Take(new Observed.Values(chargePoint, stream, values, arrivedAt));

    /// <summary>The charger was heard: the latest time of each is written every half minute, in one statement.</summary>
    public void Seen(ChargePointId chargePoint, DateTimeOffset at) => seen[chargePoint.Value] = Instants.Store(at);

    /// <summary>The charger did not keep to a rule: what was counted is written every few seconds, in one statement.</summary>
    /// <param name="rule">The rule's code, of a set that has an end.</param>
    /// <param name="example">Where and how, every secret taken out; 200 characters of it are kept.</param>
    public void Deviated(ChargePointId chargePoint, string rule, string example, DateTimeOffset at)
    {
        if (!deviations.Add(chargePoint, rule, example, at)) Drop(1);
    }

    /// <summary>Writes what was taken, until cancelled; then once more what is left, if that is quick.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        // A batch that is being written when we stop is written to its end.
        using var writing = new CancellationTokenSource();
        await using var stopping = cancellation.Register(() => writing.CancelAfter(LastWrite));

        var (seenAt, deviationsAt) = (clock.GetTimestamp(), clock.GetTimestamp());
        while (!cancellation.IsCancellationRequested)
        {
            await WaitAsync(cancellation);
            await WriteBatchAsync(writing.Token);
            if (clock.GetElapsedTime(deviationsAt) >= limits.DeviationsEvery)
            {
                deviationsAt = clock.GetTimestamp();
                await WriteDeviationsAsync(writing.Token);
            }

            if (clock.GetElapsedTime(seenAt) < limits.SeenEvery) continue;
            seenAt = clock.GetTimestamp();
            await WriteSeenAsync(writing.Token);
        }

        while (queue.Reader.Count > 0) await WriteBatchAsync(writing.Token);
        await WriteDeviationsAsync(writing.Token);
        await WriteSeenAsync(writing.Token);
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

    // For something to write, or the time to write what was counted and who was seen; then a pause, so that what arrives
    // together is written together.
    private async Task WaitAsync(CancellationToken cancellation)
    {
        using var timeout = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        timeout.CancelAfter(limits.SeenEvery < limits.DeviationsEvery ? limits.SeenEvery : limits.DeviationsEvery);
        try
        {
            await queue.Reader.WaitToReadAsync(timeout.Token);
            await Task.Delay(limits.Pause, clock, cancellation);
        }
        catch (OperationCanceledException)
        {
            // time for what was counted, or to stop
        }
    }

    private async Task WriteBatchAsync(CancellationToken cancellation)
    {
        var batch = new List<Observed>();
        while (batch.Count < limits.Batch && queue.Reader.TryRead(out var observed)) batch.Add(observed);
        if (batch.Count == 0) return;
        try
        {
            await database.RunAsync(writer.Write(database.Dialect, batch), cancellation);
        }
        catch (Exception e)
        {
            Drop(batch.Count);
            log.LogWarning(e, "{Count} observations could not be written and are lost", batch.Count);
        }
    }

    private async Task WriteDeviationsAsync(CancellationToken cancellation)
    {
        var counted = deviations.Take();
        if (counted.Count == 0) return;
        try
        {
            await database.RunAsync([ObservationWriter.WriteDeviations(database, counted)], cancellation);
        }
        catch (Exception e)
        {
            Drop(deviations.PutBack(counted));
            log.LogWarning(e, "The deviations of {Count} chargers and rules wait for the next round", counted.Count);
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
