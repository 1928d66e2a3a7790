using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, K13: a limit from outside is no more.</summary>
[OcppAction("ClearedChargingLimit", OcppVersion.V201, OcppVersion.V21)]
public sealed record ClearedChargingLimit(
    [OneOf("EMS", "Other", "SO", "CSO", Until = OcppVersion.V201)]
    [MaxLength(20, Since = OcppVersion.V21)]
    string ChargingLimitSource,
    [AtLeast(0, Since = OcppVersion.V21)] int? EvseId = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new TellHeld(
            arrival.From,
            arrival.Epoch,
            new HeldThing(HeldKind.OutsideLimit, ChargingLimitSource, new ConnectorId(EvseId ?? 0, 0), "{}"),
            Over: true,
            arrival.At),
        new Response());
}
