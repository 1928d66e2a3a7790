using Moovolt.Cluster.Shards;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;

namespace Moovolt.Cluster.Oldest;

/// <summary>
/// Something that must happen without a message: a deadline, an expiry, an end that nobody has confirmed.
/// </summary>
/// <param name="Entity">Whom to wake, by its persistence id (<c>charge-point/CP-1</c>).</param>
/// <param name="Reason">What for.</param>
public sealed record DueRow(string Entity, string Reason);

/// <summary>
/// Wakes entities when their time has come, and again until the row is gone: a wake may be lost, and the row goes only
/// when what the entity did about it has been stored and projected.
/// </summary>
/// <param name="stops">How long silence lasts before a transaction without a stop is over.</param>
/// <param name="reportSilence">How long the parts of a report may stay away before it is asked for anew.</param>
public sealed class Clock(
    Entities entities,
    Func<DateTimeOffset, CancellationToken, Task<IReadOnlyList<DueRow>>> dueAt,
    TimeProvider time,
    StopPatience stops,
    TimeSpan reportSilence)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an entity gets before it is woken again for the same.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    public Loop Loop => new("clock", Run);

    private async Task Run(CancellationToken cancellation)
    {
        var woken = new Dictionary<DueRow, DateTimeOffset>();
        using var timer = new PeriodicTimer(Look, time);
        do
        {
            var now = time.GetUtcNow();
            var due = (await dueAt(now, cancellation)).ToHashSet();
            var still = woken.Where(entry => due.Contains(entry.Key)).ToDictionary();
            foreach (var row in due)
            {
                if (still.TryGetValue(row, out var last) && now - last < Again) continue;
                still[row] = now;
                if (WakeUp(row, now) is { } command) entities.Tell(command);
            }

            woken = still;
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private Command? WakeUp(DueRow row, DateTimeOffset now) => row.Entity.Split('/', 2) switch
    {
        [Kinds.ChargePoint, var id] when ChargePointId.TryParse(id, out var parsed) =>
            new WakeChargePoint(parsed, row.Reason, now, (int)reportSilence.TotalSeconds),
        [Kinds.Transaction, var id] when TransactionId.TryParse(id, out var parsed) =>
            new WakeTransaction(parsed, row.Reason, now, stops),
        _ => null, // a row of a newer program during a rolling upgrade
    };
}
