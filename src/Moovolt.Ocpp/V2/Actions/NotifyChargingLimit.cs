using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, K12: somebody else limits the charging, such as an energy management system.</summary>
[OcppAction("NotifyChargingLimit", OcppVersion.V201, OcppVersion.V21, KeepsPayload = true)]
public sealed record NotifyChargingLimit(
    ChargingLimit ChargingLimit,
    [MinItems(1)] ImmutableArray<ChargingSchedule>? ChargingSchedule = null,
    int? EvseId = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) =>
        Answers.Keep("NotifyChargingLimit", arrival, new Response());
}
