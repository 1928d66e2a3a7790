using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, K28: what does my dynamic profile let me draw now?</summary>
[OcppAction("PullDynamicScheduleUpdate", OcppVersion.V21)]
public sealed record PullDynamicScheduleUpdate(int ChargingProfileId) : IChargerCall
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected")] string Status,
        ChargingScheduleUpdate? ScheduleUpdate = null,
        StatusInfo? StatusInfo = null);

    public Step Handle(Arrival arrival) => new Step.Ask(
        new PullSchedule(arrival.From, arrival.Epoch, ChargingProfileId, arrival.At),
        reply => reply switch
        {
            ScheduleStanding { Limits: { } limits } =>
                new Step.Respond(new Response("Accepted", Profiles.ToWire(limits))),
            Reply.Refused refused => new Step.StaySilent(refused.Reason),
            _ => new Step.Respond(new Response("Rejected", StatusInfo: new StatusInfo(
                "InvalidProfile", $"No dynamic charging profile {ChargingProfileId} is known here."))),
        });
}
