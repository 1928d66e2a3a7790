using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Readings;

/// <summary>What did the station's own meters show, outside any transaction?</summary>
public sealed class ReadingTable(Database database)
{
    private const string List = "station-readings";

    /// <summary>The latest first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<ReadingRow>> ListAsync(
        ChargePointId chargePoint, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().And("charge_point = ?", chargePoint.Value);
        if (Cursor.Read(List, cursor, 1) is [var before]) where.And("number < ?", Cursor.Number(before));

        var rows = await database.QueryAsync(
            where.Select(
                "select number, charge_point, evse, connector, at, arrived_at, readings from station_readings",
                "order by number desc limit ?",
                Cursor.Fetch(limit)),
            reader => new ReadingRow(
                reader.GetInt64(0),
                reader.GetString(1),
                (int)reader.GetInt64(2),
                (int)reader.GetInt64(3),
                reader.Instant(4),
                reader.Instant(5),
                StoredJson.Readings(reader.GetString(6))),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(List, row.Number.ToString(CultureInfo.InvariantCulture)));
    }
}
