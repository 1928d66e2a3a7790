using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.ChargingProfiles;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.CompositeSchedules;

/// <summary>From a charger's answer to the row of the connector that was asked about.</summary>
internal static class CompositeScheduleProjection
{
    public static readonly string[] Tables = ["composite_schedules"];

    public static IEnumerable<Statement> Of(ChargePointEvent @event)
    {
        if (@event is not StationAnswered { Answer.Outcome: CompositeScheduleRead read } e) yield break;

        yield return new Statement(
            """
            insert into composite_schedules (charge_point, evse, connector, starts_at, body, request_id, read_at)
            values ($1, $2, $3, $4, $5, $6, $7)
            on conflict (charge_point, evse, connector) do update set starts_at = excluded.starts_at,
              body = excluded.body, request_id = excluded.request_id, read_at = excluded.read_at
            """,
            e.Id.Value,
            read.Connector.Evse,
            read.Connector.Connector,
            read.StartsAt,
            ProfileWords.Of(read.Schedule).ToJsonString(),
            e.RequestId,
            e.At);
    }
}
