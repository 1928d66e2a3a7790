using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Availability;

/// <summary>
/// From what a charger promised of its availability to what an operator wished. The wish stays whatever the charger
/// does, a restart included (OCPP 1.6, 5.2); that it is still to come ends with the status that shows it.
/// </summary>
internal static class AvailabilityProjection
{
    public static readonly string[] Tables = ["availability"];

    public static IEnumerable<Statement> Of(ChargePointEvent @event) => @event switch
    {
        StationAnswered { Answer.Outcome: AvailabilityChanged changed } e =>
            Wish(e, changed.Connector, changed.Operative, scheduled: false),
        StationAnswered { Answer.Outcome: AvailabilityScheduled { Connector: { } connector } scheduled } e =>
            Wish(e, connector, scheduled.Operative, scheduled: true),
        ConnectorStatusChanged e => [Seen(e)],
        _ => [],
    };

    private static IEnumerable<Statement> Wish(StationAnswered e, ConnectorId place, bool operative, bool scheduled)
    {
        // The whole charge point is all of its connectors.
        if (place == ConnectorId.ChargePoint)
            yield return new Statement("delete from availability where charge_point = $1", e.Id.Value);
        yield return new Statement(
            """
            insert into availability (charge_point, evse, connector, operative, scheduled, at) values ($1, $2, $3, $4,
              $5, $6)
            on conflict (charge_point, evse, connector) do update set operative = excluded.operative,
              scheduled = excluded.scheduled, at = excluded.at
            """,
            e.Id.Value, place.Evse, place.Connector, operative, scheduled, e.At);
    }

    // What was wished of the whole charge point is seen connector by connector.
    private static Statement Seen(ConnectorStatusChanged e) => new(
        """
        insert into availability (charge_point, evse, connector, operative, scheduled, at)
        select charge_point, $2, $3, operative, false, at from availability
        where charge_point = $1 and scheduled and operative = $4
          and ((evse = $2 and connector = $3)
            or (evse = 0 and connector = 0 and not exists (
              select 1 from availability own where own.charge_point = $1 and own.evse = $2 and own.connector = $3)))
        on conflict (charge_point, evse, connector) do update set scheduled = excluded.scheduled
        """,
        e.Id.Value, e.Connector.Evse, e.Connector.Connector, e.Status.Status != "Unavailable");
}
