using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.SecurityEvents;

/// <summary>Something that concerned a charger's security, as it reported it, or as it was seen here.</summary>
/// <param name="Type">The charger's word, or <see cref="SecurityEventTable.ForeignTransaction"/>.</param>
/// <param name="Critical">Whether OCPP calls events of this type critical.</param>
/// <param name="Details">The charger's own words; of a foreign transaction, which one and whose it is.</param>
/// <param name="ChargerAt">The charger's own time; of what was seen here, ours.</param>
public sealed record SecurityEventRow(
    string ChargePoint, long SequenceNumber, string Type, bool Critical,
    string? Details, DateTimeOffset ChargerAt, DateTimeOffset At);

/// <summary>Which security events to list.</summary>
public sealed record SecurityEventFilter(ChargePointId? ChargePoint = null, string? Type = null, bool? Critical = null);

/// <summary>What have chargers reported of their security, and what was seen of it?</summary>
public sealed class SecurityEventTable(Database database)
{
    /// <summary>The charger named a transaction that never began there, while another charge point had it running.</summary>
    public const string ForeignTransaction = "ForeignTransactionId";

    private const string List = "security-events";

    // Chargers that count their own transactions meet in small numbers, so whose beginning nobody told accuses nobody.
    private const string RunningElsewhere = """
        from transactions other where other.local_id = seen.named and other.charge_point <> seen.charge_point
          and other.start_arrived_at <= seen.at and (other.state = 'running' or other.end_arrived_at >= seen.at)
          and not other.begin_untold
        """;

    // What it told later of its own explains it.
    private const string StillUnknown = """
        not exists (select 1 from transactions own where own.charge_point = seen.charge_point
          and own.local_id = seen.named and own.state <> 'suspended' and not own.begin_untold)
        """;

    /// <summary>The latest first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<SecurityEventRow>> ListAsync(
        SecurityEventFilter filter, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where()
            .AndIf(filter.ChargePoint is not null, "charge_point = ?", filter.ChargePoint?.Value)
            .AndIf(filter.Type is not null, "type = ?", filter.Type)
            .AndIf(filter.Critical is true, "critical") // as a text, so that its partial index serves
            .AndIf(filter.Critical is false, "not critical")
            .And($"(named is null or ({StillUnknown} and exists (select 1 {RunningElsewhere})))");
        if (Cursor.Read(List, cursor, 3) is [var at, var who, var number])
        {
            where.And(
                "(at, charge_point, sequence_number) < (?, ?, ?)", Cursor.Number(at), who, Cursor.Number(number));
        }

        var rows = await database.QueryAsync(
            where.Select(
                $"""
                select charge_point, sequence_number, type, critical, details, charger_at, at, named,
                  (select min(other.charge_point) {RunningElsewhere}) as whose
                from security_events seen
                """,
                "order by at desc, charge_point desc, sequence_number desc limit ?",
                Cursor.Fetch(limit)),
            reader => new SecurityEventRow(
                reader.GetString(0),
                reader.GetInt64(1),
                reader.GetString(2),
                reader.GetBoolean(3),
                reader.TextOrNull(7) is { } named ? Told(named, reader.GetString(8)) : reader.TextOrNull(4),
                reader.Instant(5),
                reader.Instant(6)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(
            List,
            Instants.Store(row.At).ToString(CultureInfo.InvariantCulture),
            row.ChargePoint,
            row.SequenceNumber.ToString(CultureInfo.InvariantCulture)));
    }

    private static string Told(string localId, string whose) =>
        $"It named transaction {localId}, which never began there: it was running at {whose}.";
}
