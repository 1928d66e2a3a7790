using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, F05: let go of the plug.</summary>
[OcppAction("UnlockConnector", OcppVersion.V201, OcppVersion.V21)]
public sealed record UnlockConnector(
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int EvseId,
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int ConnectorId) : ICsmsCall<Unlock>
{
    public sealed record Response(
        [OneOf("Unlocked", "UnlockFailed", "OngoingAuthorizedTransaction", "UnknownConnector")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(Unlock request) => request.Connector.Evse > 0
        ? Wording.Of(new UnlockConnector(request.Connector.Evse, Math.Max(1, request.Connector.Connector)))
        : Wording.Impossible("The charge point as a whole has nothing to unlock: name an EVSE.");

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Unlocked" => new(RequestState.Accepted),
        "OngoingAuthorizedTransaction" => No(
            "OngoingAuthorizedTransaction", "A transaction goes on there: stop it first."),
        "UnknownConnector" => No("UnknownConnector", "The charger has no such connector."),
        "UnlockFailed" => No("UnlockFailed", "The charger tried, and the plug is still held."),
        _ => heard.Judge(),
    };

    private static StationAnswer No(string code, string words) => new(RequestState.Rejected, null, code, words);
}
