using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Transactions;

/// <summary>
/// Keeps the payloads that events carry: of messages that could not be read in full, or that fit nowhere.
/// </summary>
internal static class EvidenceProjection
{
    public static readonly string[] Tables = ["evidence"];

    private const string NeverBegan = "No start of this transaction is known.";

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(TransactionEvent @event, long version)
    {
        var (what, why, frame) = @event switch
        {
            TransactionBegan e => ("start", null, e.Frame),
            SamplesRecorded e => ("samples", null, e.Frame),
            TransactionEnded e => ("stop", null, e.Frame),
            StopSuspended e => ("suspended-stop", NeverBegan, e.Frame),
            _ => ("", null, null),
        };
        if (frame is not null)
        {
            var (entity, id) = ($"transaction/{@event.Id}", @event.Id);
            yield return Keep(entity, version, id.ChargePoint, id.LocalId, what, why, frame, @event.ArrivedAt);
        }
    }

    public static Statement Of(StopUnplaced e, long version) =>
        Keep($"charge-point/{e.Id}", version, e.Id, null, "unplaced-stop", e.Why, e.Frame, e.At);

    private static Statement Keep(
        string entity,
        long version,
        ChargePointId chargePoint,
        string? localId,
        string what,
        string? why,
        string frame,
        DateTimeOffset at) => new(
        """
        insert into evidence (persistence_id, sequence_number, charge_point, local_id, what, why, frame, at)
        values ($1, $2, $3, $4, $5, $6, $7, $8)
        """,
        entity, version, chargePoint.Value, localId, what, why, frame, at);
}
