using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Clock;

/// <summary>What must happen now, without a message? A row stays until it has happened.</summary>
public sealed class Due(Database database)
{
    /// <summary>What is due, the longest overdue first.</summary>
    public async Task<List<DueRow>> ListAsync(DateTimeOffset now, int limit, CancellationToken cancellation) =>
        await database.QueryAsync(
            new Statement(
                "select at, entity, reason from due where at <= $1 order by at, entity, reason limit $2", now, limit),
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
