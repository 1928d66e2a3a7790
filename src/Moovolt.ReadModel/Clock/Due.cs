using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Clock;

/// <summary>What must happen now, without a message? A row stays until it has happened.</summary>
public sealed class Due(Database database)
{
    /// <summary>What is due, the longest overdue first.</summary>
    /// <param name="limit">How many at most.</param>
    /// <param name="after">The last row of the page before; null for the first page.</param>
    public async Task<List<DueRow>> ListAsync(
        DateTimeOffset now, int limit, DueRow? after, CancellationToken cancellation) => await database.QueryAsync(
        after is null
            ? new Statement(
                "select at, entity, reason from due where at <= $1 order by at, entity, reason limit $2", now, limit)
            : new Statement(
                """
                select at, entity, reason from due where at <= $1 and (at, entity, reason) > ($3, $4, $5)
                order by at, entity, reason limit $2
                """,
                now, limit, after.At, after.Entity, after.Reason),
        reader => new DueRow(reader.Instant(0), reader.GetString(1), reader.GetString(2)),
        cancellation);

    /// <summary>When the next thing is due; null when nothing is waiting.</summary>
    public async Task<DateTimeOffset?> NextAsync(CancellationToken cancellation)
    {
        var found = await database.QueryAsync(
            new Statement("select min(at) from due"), reader => reader.InstantOrNull(0), cancellation);
        return found.Single();
    }
}
