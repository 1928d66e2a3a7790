using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.SecurityEvents;

/// <summary>From what a charger reports of its security, or is seen of it, to a row.</summary>
internal static class SecurityEventProjection
{
    public static readonly string[] Tables = ["security_events"];

    private const string Insert = """
        insert into security_events (charge_point, sequence_number, type, critical, details, charger_at, at, named)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """;

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(ChargePointEvent @event, long version) => @event switch
    {
        SecurityEventReported e =>
            [new Statement(Insert, e.Id.Value, version, e.Type, e.IsCritical, e.Details, e.ChargerAt, e.At, null)],
        // Whether it is anybody's is asked when the list is read: here it would be the other's row that is looked at.
        UnknownTransactionNamed e =>
            [new Statement(Insert, e.Id.Value, version, SecurityEventTable.ForeignTransaction, false, null, e.At, e.At, e.LocalId)],
        _ => [],
    };
}
