using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, K28: the limit or setpoint of a dynamic profile, from now on.</summary>
[OcppAction("UpdateDynamicSchedule", OcppVersion.V21)]
public sealed record UpdateDynamicSchedule(int ChargingProfileId, ChargingScheduleUpdate ScheduleUpdate)
    : ICsmsCall<UpdateSchedule>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public static Wording ToCall(UpdateSchedule request) => Wording.Of(new UpdateDynamicSchedule(
        request.ProfileId,
        new ChargingScheduleUpdate(request.Limit, DischargeLimit: request.DischargeLimit, Setpoint: request.Setpoint)));

    public StationAnswer ToAnswer(Heard heard) => heard.Status == "Accepted"
        ? new(RequestState.Accepted, Outcome: new ScheduleUpdated(ChargingProfileId, Profiles.Of(ScheduleUpdate)))
        : heard.Judge();
}
