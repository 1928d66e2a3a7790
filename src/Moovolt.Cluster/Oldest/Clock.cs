using Moovolt.Cluster.Shards;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;

namespace Moovolt.Cluster.Oldest;

/// <summary>
/// Something that must happen without a message: a deadline, an expiry, an end that nobody has confirmed.
/// </summary>
/// <param name="At">Since when; with the others it says where in the list the row stands.</param>
/// <param name="Entity">Whom to wake, by its persistence id (<c>charge-point/CP-1</c>).</param>
/// <param name="Reason">What for.</param>
public sealed record DueRow(DateTimeOffset At, string Entity, string Reason);

/// <summary>
/// Wakes entities when their time has come, and again until the row is gone: a wake may be lost, and the row goes only
/// when what the entity did about it has been stored and projected. Rows that never go (of an entity that can write
/// nothing) keep no other from its turn: the list is read page after page, and where one look ends the next goes on.
/// </summary>
/// <param name="dueAt">
/// The next page of what is due by then, the longest overdue first: what follows a row, or the beginning for null;
/// empty at the end.
/// </param>
/// <param name="stops">How long silence lasts before a transaction without a stop is over.</param>
/// <param name="reportSilence">How long the parts of a report may stay away before it is asked for anew.</param>
public sealed class Clock(
    Entities entities,
    Func<DateTimeOffset, DueRow?, CancellationToken, Task<IReadOnlyList<DueRow>>> dueAt,
    TimeProvider time,
    StopPatience stops,
    TimeSpan reportSilence)
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>How long an entity gets before it is woken again for the same.</summary>
    public static readonly TimeSpan Again = TimeSpan.FromSeconds(5);

    /// <summary>So many pages in one look: one, and whether it was the last.</summary>
    private const int PagesAtOnce = 2;

    public Loop Loop => new("clock", Run);

    private async Task Run(CancellationToken cancellation)
    {
        var woken = new Dictionary<DueRow, long>();
        DueRow? after = null;
        using var timer = new PeriodicTimer(Look, time);
        do
        {
            foreach (var (row, at) in woken)
            {
                if (time.GetElapsedTime(at) >= Again) woken.Remove(row);
            }

            for (var page = 0; page < PagesAtOnce; page++)
            {
                var now = time.GetUtcNow();
                var due = await dueAt(now, after, cancellation);
                foreach (var row in due)
                {
                    if (!woken.TryAdd(row, time.GetTimestamp())) continue;
                    if (WakeUp(row, now) is { } command) entities.Tell(command);
                }

                after = due.Count == 0 ? null : due[^1];
                if (after is null) break;
            }
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
