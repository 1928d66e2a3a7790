using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.ChargingProfiles;

/// <summary>Which charging profiles does a charger hold, as far as we have seen it take them?</summary>
public sealed class ChargingProfileTable(Database database)
{
    private const string List = "charging-profiles";

    /// <summary>In the order of their ids.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<ChargingProfileRow>> ListAsync(
        ChargePointId chargePoint, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().And("charge_point = ?", chargePoint.Value);
        if (Cursor.Read(List, cursor, 1) is [var after]) where.And("id > ?", Cursor.Number(after));

        var rows = await database.QueryAsync(
            where.Select(
                "select id, evse, connector, awaited_token, body, request_id, at from charging_profiles",
                "order by id limit ?",
                Cursor.Fetch(limit)),
            reader => new ChargingProfileRow(
                (int)reader.GetInt64(0),
                (int)reader.GetInt64(1),
                (int)reader.GetInt64(2),
                reader.TextOrNull(3),
                reader.GetString(4),
                reader.GetString(5),
                reader.Instant(6)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(List, row.Id.ToString(CultureInfo.InvariantCulture)));
    }
}
