using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.SecurityEvents;

/// <summary>Something that concerned a charger's security, as it reported it.</summary>
/// <param name="Type">The charger's word.</param>
/// <param name="Critical">Whether OCPP calls events of this type critical.</param>
/// <param name="ChargerAt">The charger's own time.</param>
public sealed record SecurityEventRow(
    string ChargePoint, long SequenceNumber, string Type, bool Critical,
    string? Details, DateTimeOffset ChargerAt, DateTimeOffset At);

/// <summary>Which security events to list.</summary>
public sealed record SecurityEventFilter(ChargePointId? ChargePoint = null, string? Type = null, bool? Critical = null);

/// <summary>What have chargers reported of their security?</summary>
public sealed class SecurityEventTable(Database database)
{
    private const string List = "security-events";

    /// <summary>The latest first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<SecurityEventRow>> ListAsync(
        SecurityEventFilter filter, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where()
            .AndIf(filter.ChargePoint is not null, "charge_point = ?", filter.ChargePoint?.Value)
            .AndIf(filter.Type is not null, "type = ?", filter.Type)
            .AndIf(filter.Critical is true, "critical") // as a text, so that its partial index serves
            .AndIf(filter.Critical is false, "not critical");
        if (Cursor.Read(List, cursor, 3) is [var at, var who, var number])
        {
            where.And(
                "(at, charge_point, sequence_number) < (?, ?, ?)", Cursor.Number(at), who, Cursor.Number(number));
        }

        var rows = await database.QueryAsync(
            where.Select(
                "select charge_point, sequence_number, type, critical, details, charger_at, at from security_events",
                "order by at desc, charge_point desc, sequence_number desc limit ?",
                Cursor.Fetch(limit)),
            reader => new SecurityEventRow(
                reader.GetString(0),
                reader.GetInt64(1),
                reader.GetString(2),
                reader.GetBoolean(3),
                reader.TextOrNull(4),
                reader.Instant(5),
                reader.Instant(6)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(
            List,
            Instants.Store(row.At).ToString(CultureInfo.InvariantCulture),
            row.ChargePoint,
            row.SequenceNumber.ToString(CultureInfo.InvariantCulture)));
    }
}
