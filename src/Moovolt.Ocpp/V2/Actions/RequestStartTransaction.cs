using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using ChargingProfile = Moovolt.Ocpp.V2.Types.ChargingProfile;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, F01 and F02: asks for a transaction. The answer is a promise; a TransactionEvent is the fact, and
/// names the number of this wish.
/// </summary>
[OcppAction("RequestStartTransaction", OcppVersion.V201, OcppVersion.V21)]
public sealed record RequestStartTransaction(
    IdTokenType IdToken,
    int RemoteStartId,
    [AtLeast(1, Since = OcppVersion.V21), SenselessBelow(1, IsTaken = true)] int? EvseId = null,
    IdTokenType? GroupIdToken = null,
    ChargingProfile? ChargingProfile = null) : ICsmsCall<StartCharging>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected")] string Status,
        StatusInfo? StatusInfo = null,
        [MaxLength(36)] string? TransactionId = null);

    // The wish is given its number where it is written down; a charger numbers nothing with 0.
    public static Wording ToCall(StartCharging request) => Wording.Of(new RequestStartTransaction(
        IdTokens.Central(request.Token),
        request.Number,
        request.Connector is { Evse: > 0 } place ? place.Evse : null,
        ChargingProfile: request.Profile is { } profile ? Profiles.ToWire(profile) : null));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted") with
    {
        Outcome = heard.Status == "Accepted" && ChargingProfile is { } profile
            ? new ProfileAccepted(
                EvseId is { } evse ? new ConnectorId(evse, 0) : ConnectorId.ChargePoint,
                Profiles.Of(profile),
                IdToken.IdToken)
            : null,
    };
}
