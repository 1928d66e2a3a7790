using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Reservations;

/// <summary>For whom does a charger keep its connectors, and how did that end?</summary>
public sealed class ReservationTable(Database database)
{
    private const string List = "reservations";

    /// <summary>The latest first.</summary>
    /// <param name="status">Only those; null for all.</param>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<ReservationRow>> ListAsync(
        ChargePointId chargePoint, string? status, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().And("charge_point = ?", chargePoint.Value)
            .AndIf(status is not null, "status = ?", status);
        if (Cursor.Read(List, cursor, 2) is [var madeAt, var id])
            where.And("(made_at, reservation_id) < (?, ?)", Cursor.Number(madeAt), Cursor.Number(id));

        var rows = await database.QueryAsync(
            where.Select(
                """
                select reservation_id, evse, connector, token, parent, status, local_id, made_at, expires_at, ended_at
                from reservations
                """,
                "order by made_at desc, reservation_id desc limit ?",
                Cursor.Fetch(limit)),
            reader => new ReservationRow(
                (int)reader.GetInt64(0),
                (int)reader.GetInt64(1),
                (int)reader.GetInt64(2),
                reader.GetString(3),
                reader.TextOrNull(4),
                reader.GetString(5),
                reader.TextOrNull(6),
                reader.Instant(7),
                reader.Instant(8),
                reader.InstantOrNull(9)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(
            List,
            Instants.Store(row.MadeAt).ToString(CultureInfo.InvariantCulture),
            row.ReservationId.ToString(CultureInfo.InvariantCulture)));
    }
}
