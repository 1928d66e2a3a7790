using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.CompositeSchedules;

/// <summary>What did a charger say last that it will draw at most, connector by connector?</summary>
public sealed class CompositeScheduleTable(Database database)
{
    private const string List = "composite-schedules";

    /// <summary>In the order of the connectors, the whole charge point first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<CompositeScheduleRow>> ListAsync(
        ChargePointId chargePoint, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().And("charge_point = ?", chargePoint.Value);
        if (Cursor.Read(List, cursor, 2) is [var evse, var connector])
            where.And("(evse, connector) > (?, ?)", Cursor.Number(evse), Cursor.Number(connector));

        var rows = await database.QueryAsync(
            where.Select(
                "select evse, connector, starts_at, body, request_id, read_at from composite_schedules",
                "order by evse, connector limit ?",
                Cursor.Fetch(limit)),
            reader => new CompositeScheduleRow(
                (int)reader.GetInt64(0),
                (int)reader.GetInt64(1),
                reader.InstantOrNull(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.Instant(5)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(List, Text(row.Evse), Text(row.Connector)));
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
