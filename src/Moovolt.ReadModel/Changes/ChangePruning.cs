using Microsoft.Extensions.Logging;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Changes;

/// <summary>
/// Takes the changes away that nobody may ask for any more, the oldest first, a bounded number at a time and in
/// transactions of their own: what people look at never waits for it.
/// </summary>
internal sealed class ChangePruning(Database readModel, TimeProvider clock, ILogger log)
{
    /// <summary>
    /// How many of the oldest are looked at in one transaction: more than a batch of events adds, so it keeps up.
    /// </summary>
    public const int AtOnce = 5_000;

    private static readonly TimeSpan Every = TimeSpan.FromMinutes(10);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(1);

    private DateTimeOffset next;

    /// <summary>
    /// By id, which is the order of commits, because moments have no index: the oldest are looked at, and those whose
    /// time is up go. One that says it is younger, by a clock that is ahead, stays until its own time is up.
    /// </summary>
    private Statement OfTheOldest(DateTimeOffset before)
    {
        const string old = "select id from (select id, at from changes order by id limit $1) oldest where at < $2";
        return new Statement(
            readModel.Choose(
                $"delete from changes where id = any (array({old}))", // never by reading the whole table
                $"delete from changes where id in ({old})"),
            AtOnce, before);
    }

    /// <summary>
    /// One step, when it is time; the next follows soon while there is something to take away. A failure is said and
    /// tried again later: it is no reason not to project.
    /// </summary>
    public async Task StepAsync(CancellationToken cancellation)
    {
        var now = clock.GetUtcNow();
        if (now < next) return;
        try
        {
            await using var connection = await readModel.OpenAsync(cancellation);
            await using var transaction = await connection.BeginTransactionAsync(cancellation);
            var gone = await connection.RunAsync(transaction, OfTheOldest(now - ChangeTable.Kept), cancellation);
            await transaction.CommitAsync(cancellation);
            next = gone > 0 ? now : now + Every;
        }
        catch (Exception e) when (Database.IsAway(e))
        {
            next = now + AfterFailure;
            log.LogWarning(e, "Old changes could not be taken away; again in {Pause}", AfterFailure);
        }
    }
}
