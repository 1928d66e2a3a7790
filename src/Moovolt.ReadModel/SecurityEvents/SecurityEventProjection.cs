using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.SecurityEvents;

/// <summary>From what a charger reports of its security to a row.</summary>
internal static class SecurityEventProjection
{
    public static readonly string[] Tables = ["security_events"];

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(ChargePointEvent @event, long version)
    {
        if (@event is not SecurityEventReported e) yield break;
        yield return new Statement(
            """
            insert into security_events (charge_point, sequence_number, type, critical, details, charger_at, at)
            values ($1, $2, $3, $4, $5, $6, $7)
            """,
            e.Id.Value, version, e.Type, e.IsCritical, e.Details, e.ChargerAt, e.At);
    }
}
