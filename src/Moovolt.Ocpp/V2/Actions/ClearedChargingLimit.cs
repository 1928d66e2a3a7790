using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, K13: a limit from outside is no more.</summary>
[OcppAction("ClearedChargingLimit", OcppVersion.V201, OcppVersion.V21, KeepsPayload = true)]
public sealed record ClearedChargingLimit(
    [OneOf("EMS", "Other", "SO", "CSO", Until = OcppVersion.V201)]
    [MaxLength(20, Since = OcppVersion.V21)]
    string ChargingLimitSource,
    int? EvseId = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) =>
        Answers.Keep("ClearedChargingLimit", arrival, new Response());
}
