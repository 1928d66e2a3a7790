using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, K15: what the car wants. "Accepted": its profile is on its way; "Processing": it comes when the
/// transaction is known here; "Rejected": no profile is made of it.
/// </summary>
[OcppAction("NotifyEVChargingNeeds", OcppVersion.V201, OcppVersion.V21)]
public sealed record NotifyEVChargingNeeds(
    [AtLeast(1, Since = OcppVersion.V21)] int EvseId,
    ChargingNeeds ChargingNeeds,
    [AtLeast(0, Since = OcppVersion.V21)] int? MaxScheduleTuples = null,
    [Since(OcppVersion.V21)] DateTimeOffset? Timestamp = null) : IChargerCall
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "Processing"), OneOf("NoChargingProfile", Since = OcppVersion.V21)] string Status,
        StatusInfo? StatusInfo = null);

    public Step Handle(Arrival arrival) => new Step.Ask(
        new ReportChargingNeeds(
            arrival.From,
            arrival.Epoch,
            new ConnectorId(EvseId, 0),
            new CarNeeds(
                ChargingNeeds.AcChargingParameters?.EvMaxCurrent ?? ChargingNeeds.V2xChargingParameters?.MaxChargeCurrent
                    ?? (ChargingNeeds.DcChargingParameters?.EvMaxPower is null
                        ? ChargingNeeds.DcChargingParameters?.EvMaxCurrent : null),
                ChargingNeeds.DcChargingParameters?.EvMaxPower ?? ChargingNeeds.V2xChargingParameters?.MaxChargePower),
            HeldThings.Print(new { Needs = ChargingNeeds, MaxScheduleTuples }),
            arrival.Needs,
            arrival.At),
        reply => reply switch
        {
            NeedsTaken { Answer: NeedsAnswer.Now } => new Step.Respond(new Response("Accepted")),
            NeedsTaken { Answer: NeedsAnswer.Later } => new Step.Respond(new Response("Processing")),
            NeedsTaken => new Step.Respond(new Response("Rejected")),
            Reply.Refused refused => new Step.StaySilent(refused.Reason),
            _ => new Step.StaySilent("The charge point does not say."),
        });
}
