using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.StationEvents;

/// <summary>Something that happened at a charger's component, or that a monitor saw.</summary>
/// <param name="Severity">0 (danger) to 9 (debug); null when neither the charger nor a known monitor says.</param>
/// <param name="ChargerAt">The charger's own time.</param>
public sealed record StationEventRow(
    long SequenceNumber,
    long Part,
    long Number,
    string Key,
    string Value,
    string Trigger,
    string? Notification,
    long? Cause,
    bool Cleared,
    string? Monitor,
    long? Severity,
    string? Transaction,
    string? TechCode,
    string? TechText,
    DateTimeOffset ChargerAt,
    DateTimeOffset At);

/// <summary>Which events to list.</summary>
/// <param name="Key">Of one variable; null for all.</param>
/// <param name="Severity">That one and what is worse; null for all.</param>
public sealed record StationEventFilter(string? Key = null, int? Severity = null, bool? Cleared = null);

/// <summary>What has happened at a charger's components?</summary>
public sealed class StationEventTable(Database database)
{
    private const string List = "station-events";

    /// <summary>The latest first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<StationEventRow>> ListAsync(
        ChargePointId chargePoint, StationEventFilter filter, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where()
            .And("charge_point = ?", chargePoint.Value)
            .AndIf(filter.Key is not null, "variable_key = ?", filter.Key)
            .AndIf(filter.Severity is not null, "severity <= ?", filter.Severity)
            .AndIf(filter.Cleared is not null, "cleared = ?", filter.Cleared);
        if (Cursor.Read(List, cursor, 2) is [var before, var part])
            where.And("(sequence_number, part) < (?, ?)", Cursor.Number(before), Cursor.Number(part));
        var rows = await database.QueryAsync(
            where.Select(
                "select sequence_number, part, number, variable_key, value, trigger_word, notification, cause, cleared, "
                    + "monitor, severity, transaction_id, tech_code, tech_info, charger_at, at from station_events",
                "order by sequence_number desc, part desc limit ?",
                Cursor.Fetch(limit)),
            reader => new StationEventRow(
                reader.GetInt64(0),
                reader.GetInt64(1),
                reader.GetInt64(2),
                reader.GetString(3),
                reader.GetString(4),
                reader.GetString(5),
                reader.TextOrNull(6),
                reader.IsDBNull(7) ? null : reader.GetInt64(7),
                reader.GetBoolean(8),
                reader.TextOrNull(9),
                reader.IsDBNull(10) ? null : reader.GetInt64(10),
                reader.TextOrNull(11),
                reader.TextOrNull(12),
                reader.TextOrNull(13),
                reader.Instant(14),
                reader.Instant(15)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(
            List,
            row.SequenceNumber.ToString(CultureInfo.InvariantCulture),
            row.Part.ToString(CultureInfo.InvariantCulture)));
    }
}
