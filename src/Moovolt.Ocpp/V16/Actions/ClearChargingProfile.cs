using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Wish = Moovolt.Domain.ChargePoints.ClearChargingProfile;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>
/// OCPP 1.6, 5.5: takes away the profiles that fit all that is said (errata 3.25). "Unknown" is no yes, but it says
/// that there is none of them.
/// </summary>
[OcppAction("ClearChargingProfile", OcppVersion.V16)]
public sealed record ClearChargingProfile(
    int? Id,
    [SenselessBelow(0, IsTaken = true)] int? ConnectorId,
    [OneOf("ChargePointMaxProfile", "TxDefaultProfile", "TxProfile")] string? ChargingProfilePurpose,
    [SenselessBelow(0, IsTaken = true)] int? StackLevel) : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Unknown")] string Status);

    public static Wording ToCall(Wish request)
    {
        int? number = null;
        if (request.Connector is { } connector)
        {
            number = Connectors.Number(connector);
            if (number is null) return Wording.Impossible(Connectors.Unknown(connector));
        }

        return Wording.Of(new ClearChargingProfile(
            request.ProfileId,
            number,
            request.Purpose is { } purpose ? Profiles.Word(purpose) : null,
            request.StackLevel));
    }

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
        Id,
        ConnectorId is { } number ? Domain.ConnectorId.Of16(number) : null,
        ChargingProfilePurpose is { } purpose ? Profiles.Purpose(purpose) : null,
        StackLevel);
}
