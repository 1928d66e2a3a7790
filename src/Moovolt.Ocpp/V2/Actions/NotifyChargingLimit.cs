using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using ChargingSchedule = Moovolt.Ocpp.V2.Types.ChargingSchedule;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, K12: somebody else limits the charging, such as an energy management system.</summary>
[OcppAction("NotifyChargingLimit", OcppVersion.V201, OcppVersion.V21)]
public sealed record NotifyChargingLimit(
    ChargingLimit ChargingLimit,
    [MinItems(1)] ImmutableArray<ChargingSchedule>? ChargingSchedule = null,
    [AtLeast(0, Since = OcppVersion.V21)] int? EvseId = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new TellHeld(
            arrival.From,
            arrival.Epoch,
            new HeldThing(
                HeldKind.OutsideLimit,
                ChargingLimit.ChargingLimitSource,
                new ConnectorId(EvseId ?? 0, 0),
                HeldThings.Print(new
                {
                    Source = ChargingLimit.ChargingLimitSource, ChargingLimit.IsGridCritical,
                    ChargingLimit.IsLocalGeneration, Schedules = ChargingSchedule,
                })),
            Over: false,
            arrival.At),
        new Response());
}
