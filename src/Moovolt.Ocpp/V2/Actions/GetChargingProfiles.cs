using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, K09: which profiles do you hold? They come as ReportChargingProfiles.</summary>
[OcppAction("GetChargingProfiles", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetChargingProfiles(
    int RequestId,
    ChargingProfileCriterion ChargingProfile,
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int? EvseId = null) : ICsmsCall
{
    public sealed record Response([OneOf("Accepted", "NoProfiles")] string Status, StatusInfo? StatusInfo = null);

    public StationAnswer ToAnswer(Heard heard) => Answers.Judge(heard, "Accepted");
}
