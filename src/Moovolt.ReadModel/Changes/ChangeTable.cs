using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Changes;

/// <summary>What has changed since? Kept for <see cref="Kept"/>.</summary>
public sealed class ChangeTable(Database database)
{
    public static readonly TimeSpan Kept = TimeSpan.FromHours(24);

    /// <summary>The changes after an id, the oldest first.</summary>
    public async Task<List<ChangeRow>> AfterAsync(
        long id, ChangeFilter filter, int limit, CancellationToken cancellation) =>
        await database.QueryAsync(
            new Where()
                .And("id > ?", id)
                .AndIf(filter.ChargePoint is not null, "charge_point = ?", filter.ChargePoint?.Value)
                .AndIf(filter.Type is not null, "type = ?", filter.Type)
                .Select("select id, type, charge_point, body, at from changes", "order by id limit ?", (long)limit),
            reader => new ChangeRow(
                reader.GetInt64(0), reader.GetString(1), reader.TextOrNull(2), reader.GetString(3), reader.Instant(4)),
            cancellation);

    /// <summary>Which changes are still there: can a listener resume, and where does a new one begin?</summary>
    public async Task<ChangesKept> KeptAsync(CancellationToken cancellation)
    {
        var found = await database.QueryAsync(
            new Statement("""
                select coalesce((select min(id) from changes), last_change + 1), last_change
                from projection where name = 'read-model'
                """),
            reader => new ChangesKept(reader.GetInt64(0), reader.GetInt64(1)),
            cancellation);
        return found.Single();
    }
}
