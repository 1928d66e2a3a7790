using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, K15: what the car wants. It is kept; "Rejected" says that no profile is made of it here.
/// </summary>
[OcppAction("NotifyEVChargingNeeds", OcppVersion.V201, OcppVersion.V21, KeepsPayload = true)]
public sealed record NotifyEVChargingNeeds(
    int EvseId,
    ChargingNeeds ChargingNeeds,
    int? MaxScheduleTuples = null,
    [Since(OcppVersion.V21)] DateTimeOffset? Timestamp = null) : IChargerCall
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "Processing"), OneOf("NoChargingProfile", Since = OcppVersion.V21)] string Status,
        StatusInfo? StatusInfo = null);

    public Step Handle(Arrival arrival) =>
        Answers.Keep("NotifyEVChargingNeeds", arrival, new Response("Rejected"));
}
