using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, K09: a part of the profiles that were asked for.</summary>
[OcppAction("ReportChargingProfiles", OcppVersion.V201, OcppVersion.V21, KeepsPayload = true)]
public sealed record ReportChargingProfiles(
    int RequestId,
    [OneOf("EMS", "Other", "SO", "CSO", Until = OcppVersion.V201)]
    [MaxLength(20, Since = OcppVersion.V21)]
    string ChargingLimitSource,
    [MinItems(1)] ImmutableArray<ChargingProfile> ChargingProfile,
    [AtLeast(0, Since = OcppVersion.V21)] int EvseId,
    bool? Tbc = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) =>
        Answers.Keep("ReportChargingProfiles", arrival, new Response());
}
