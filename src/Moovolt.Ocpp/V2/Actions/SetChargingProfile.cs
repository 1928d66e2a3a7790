using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using ChargingProfile = Moovolt.Ocpp.V2.Types.ChargingProfile;
using Wish = Moovolt.Domain.ChargePoints.SetChargingProfile;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, K01: a profile to hold to, in place of one with its id, or its level and purpose.</summary>
[OcppAction("SetChargingProfile", OcppVersion.V201, OcppVersion.V21)]
public sealed record SetChargingProfile(
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int EvseId,
    ChargingProfile ChargingProfile) : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public static Wording ToCall(Wish request) =>
        Wording.Of(new SetChargingProfile(request.Connector.Evse, Profiles.ToWire(request.Profile)));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new(RequestState.Accepted)
        {
            Outcome = new ProfileAccepted(
                EvseId > 0 ? new ConnectorId(EvseId, 0) : ConnectorId.ChargePoint, Profiles.Of(ChargingProfile), null),
        },
        _ => new(
            RequestState.Rejected, null, "Rejected",
            "The charger does not take the profile: it may have no room for it, or no transaction that it is for."),
    };
}
