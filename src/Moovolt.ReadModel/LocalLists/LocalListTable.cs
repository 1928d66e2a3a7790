using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.LocalLists;

/// <summary>Which tokens does a charger hold on its local list?</summary>
public sealed class LocalListTable(Database database)
{
    // As much as a hundred full messages of ours: what was sent by hand may be more than one list.
    private const long Most = 20_000;

    /// <summary>The list in the order of its tokens; an empty one of no version while nobody knows.</summary>
    public async Task<LocalListRow> FindAsync(ChargePointId chargePoint, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        var lists = await connection.QueryAsync(
            null,
            new Statement(
                "select version, in_step, sent_at from local_lists where charge_point = $1", chargePoint.Value),
            reader => new LocalListRow((int?)reader.NumberOrNull(0), reader.GetBoolean(1), reader.InstantOrNull(2), []),
            cancellation);
        if (lists is not [var list]) return new LocalListRow(null, false, null, []);

        var items = await connection.QueryAsync(
            null,
            new Statement(
                "select token, status, expires_at, parent from local_list_entries where charge_point = $1 order by "
                    + "folded limit $2",
                chargePoint.Value, Most),
            reader => new LocalListItemRow(
                reader.GetString(0), reader.GetString(1), reader.InstantOrNull(2), reader.TextOrNull(3)),
            cancellation);
        return list with { Items = [.. items] };
    }
}
