using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Wish = Moovolt.Domain.ChargePoints.SetChargingProfile;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.16: a profile to hold to, in place of one with its id, or its level and purpose.</summary>
[OcppAction("SetChargingProfile", OcppVersion.V16)]
public sealed record SetChargingProfile(
    [SenselessBelow(0, IsTaken = true)] int ConnectorId,
    ChargingProfile CsChargingProfiles) : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Rejected", "NotSupported")] string Status);

    public static Wording ToCall(Wish request)
    {
        if (Connectors.Number(request.Connector) is not { } number)
            return Wording.Impossible(Connectors.Unknown(request.Connector));
        return Profiles.ToWire(request.Profile) is { } profile
            ? Wording.Of(new SetChargingProfile(number, profile))
            : Wording.Impossible(Profiles.NoNumber(request.Profile));
    }

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new(RequestState.Accepted)
        {
            Outcome = new ProfileAccepted(Domain.ConnectorId.Of16(ConnectorId), Profiles.Of(CsChargingProfiles), null),
        },
        "NotSupported" => new(
            RequestState.Rejected,
            null,
            "NotSupported",
            "The charger does no smart charging, or not with such a profile."),
        _ => new(
            RequestState.Rejected, null, "Rejected",
            "The charger does not take the profile: it may have no room for it, or no transaction that it is for."),
    };
}
