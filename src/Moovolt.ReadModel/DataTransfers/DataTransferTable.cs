using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.DataTransfers;

/// <summary>Which vendors' messages went to and fro between a charger and us?</summary>
public sealed class DataTransferTable(Database database)
{
    private const string List = "data-transfers";

    /// <summary>The latest first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<DataTransferRow>> ListAsync(
        ChargePointId chargePoint, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().And("charge_point = ?", chargePoint.Value);
        if (Cursor.Read(List, cursor, 1) is [var before]) where.And("number < ?", Cursor.Number(before));

        var rows = await database.QueryAsync(
            where.Select(
                """
                select number, from_charger, vendor_id, message_id, data, truncated, status, answer, request_id, at
                from data_transfers
                """,
                "order by number desc limit ?",
                Cursor.Fetch(limit)),
            reader => new DataTransferRow(
                reader.GetInt64(0),
                reader.GetBoolean(1),
                reader.GetString(2),
                reader.TextOrNull(3),
                reader.TextOrNull(4),
                reader.GetBoolean(5),
                reader.GetString(6),
                reader.TextOrNull(7),
                reader.TextOrNull(8),
                reader.Instant(9)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(List, row.Number.ToString(CultureInfo.InvariantCulture)));
    }
}
