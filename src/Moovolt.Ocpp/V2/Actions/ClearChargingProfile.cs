using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Wish = Moovolt.Domain.ChargePoints.ClearChargingProfile;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, K10: takes away the profiles that fit all that is said. "Unknown" is no yes, but it says that there
/// is none of them.
/// </summary>
[OcppAction("ClearChargingProfile", OcppVersion.V201, OcppVersion.V21)]
public sealed record ClearChargingProfile(
    int? ChargingProfileId = null,
    ClearChargingProfileType? ChargingProfileCriteria = null) : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Unknown")] string Status, StatusInfo? StatusInfo = null);

    public static Wording ToCall(Wish request) => Wording.Of(new ClearChargingProfile(
        request.ProfileId,
        request is { Connector: null, Purpose: null, StackLevel: null }
            ? null
            : new ClearChargingProfileType(
                request.Connector?.Evse,
                request.Purpose is { } purpose ? Profiles.Word(purpose) : null,
                request.StackLevel)));

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new(RequestState.Accepted) { Outcome = Cleared() },
        "Unknown" => new(
            RequestState.Rejected,
            null,
            "Unknown",
            "The charger has no charging profile that fits: there was nothing to clear.",
            Cleared()),
        _ => new(RequestState.Rejected, null, "Rejected", "The charger does not say that it cleared anything."),
    };

    private ProfilesCleared Cleared() => new(
        ChargingProfileId,
        ChargingProfileCriteria?.EvseId switch
        {
            null => null,
            0 => ConnectorId.ChargePoint,
            { } evse => new ConnectorId(evse, 0),
        },
        ChargingProfileCriteria?.ChargingProfilePurpose is { } purpose ? Profiles.Purpose(purpose) : null,
        ChargingProfileCriteria?.StackLevel);
}
