using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using ChargingSchedule = Moovolt.Ocpp.V2.Types.ChargingSchedule;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, K15: what the car means to draw. "Accepted" says that it was heard.</summary>
[OcppAction("NotifyEVChargingSchedule", OcppVersion.V201, OcppVersion.V21)]
public sealed record NotifyEVChargingSchedule(
    DateTimeOffset TimeBase,
    ChargingSchedule ChargingSchedule,
    [AtLeast(1, Since = OcppVersion.V21)] int EvseId,
    [Since(OcppVersion.V21), AtLeast(0)] int? SelectedChargingScheduleId = null,
    [Since(OcppVersion.V21)] bool? PowerToleranceAcceptance = null) : IChargerCall
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public Step Handle(Arrival arrival) => Step.Stored(
        new TellHeld(
            arrival.From,
            arrival.Epoch,
            new HeldThing(
                HeldKind.EvSchedule, "", new ConnectorId(EvseId, 0), HeldThings.Print(new
                {
                    TimeBase, Schedule = ChargingSchedule, SelectedChargingScheduleId, PowerToleranceAcceptance,
                })),
            Over: false,
            arrival.At),
        new Response("Accepted"));
}
