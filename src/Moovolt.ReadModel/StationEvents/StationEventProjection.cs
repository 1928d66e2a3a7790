using System.Globalization;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.StationEvents;

/// <summary>From what a charger reports of its components to rows. How severe it is its monitor knows, when it does not say.</summary>
internal static class StationEventProjection
{
    public static readonly string[] Tables = ["station_events"];

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(ChargePointEvent @event, long version) => @event is StationEventsReported e
        ? e.Events.Select((told, part) => Keep(e, told, version, part))
        : [];

    private static Statement Keep(StationEventsReported e, StationEvent told, long version, int part) => new(
        """
        insert into station_events (charge_point, sequence_number, part, number, variable_key, value, trigger_word,
          notification, cause, cleared, monitor, transaction_id, tech_code, tech_info, charger_at, at, severity)
        values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, coalesce($17, (
          select min(severity) from held_things where charge_point = $1 and kind = $18 and id = $11)))
        """,
        e.Id.Value,
        version,
        part,
        told.Number,
        told.Key,
        told.Value,
        told.Trigger,
        told.Notification,
        told.Cause,
        told.Cleared,
        told.Monitor?.ToString(CultureInfo.InvariantCulture),
        told.Transaction,
        told.TechCode,
        told.TechText,
        told.ChargerAt,
        e.At,
        told.Severity,
        (int)HeldKind.Monitor);
}
