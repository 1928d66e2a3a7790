using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Reservations;

/// <summary>
/// From a reservation's beginning and end to its row, and to what the clock must look after until it is over.
/// </summary>
internal static class ReservationProjection
{
    public static readonly string[] Tables = ["reservations"];

    public static IEnumerable<Statement> Of(ChargePointEvent @event) => @event switch
    {
        StationAnswered { Answer.Outcome: Reserved reserved } e => Begin(e, reserved),
        StationAnswered { Answer.Outcome: ReservationCancelled cancelled } e =>
            End(e, cancelled.ReservationId, "cancelled", localId: null),
        ReservationEnded e => End(e, e.ReservationId, Word.Of(e.How), e.LocalId),
        _ => [],
    };

    private static IEnumerable<Statement> Begin(StationAnswered e, Reserved reserved)
    {
        // The same number replaces what was under it (OCPP 1.6, 5.13).
        yield return new Statement(
            """
            insert into reservations (charge_point, reservation_id, evse, connector, token, parent, status, made_at,
              expires_at)
            values ($1, $2, $3, $4, $5, $6, 'active', $7, $8)
            on conflict (charge_point, reservation_id) do update set evse = excluded.evse,
              connector = excluded.connector,
              token = excluded.token, parent = excluded.parent, status = excluded.status, local_id = null,
              made_at = excluded.made_at, expires_at = excluded.expires_at, ended_at = null
            """,
            e.Id.Value,
            reserved.ReservationId,
            reserved.Connector.Evse,
            reserved.Connector.Connector,
            reserved.Token,
            reserved.Parent,
            e.At,
            reserved.ExpiresAt);
        yield return new Statement(
            """
            insert into due (entity, reason, at) values ($1, $2, $3)
            on conflict (entity, reason) do update set at = excluded.at
            """,
            Entity(e), Domain.ChargePoints.Reservations.Due(reserved.ReservationId), reserved.ExpiresAt);
    }

    private static IEnumerable<Statement> End(ChargePointEvent e, int reservationId, string status, string? localId)
    {
        yield return new Statement(
            """
            update reservations set status = $3, ended_at = $4, local_id = $5
            where charge_point = $1 and reservation_id = $2 and status = 'active'
            """,
            e.Id.Value, reservationId, status, e.At, localId);
        yield return new Statement(
            "delete from due where entity = $1 and reason = $2",
            Entity(e), Domain.ChargePoints.Reservations.Due(reservationId));
    }

    private static string Entity(ChargePointEvent e) => $"charge-point/{e.Id}";
}
