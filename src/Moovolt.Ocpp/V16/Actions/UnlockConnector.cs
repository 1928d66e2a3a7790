using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.18: let go of the plug.</summary>
[OcppAction("UnlockConnector", OcppVersion.V16)]
public sealed record UnlockConnector([SenselessBelow(1, IsTaken = true)] int ConnectorId) : ICsmsCall<Unlock>
{
    public sealed record Response([OneOf("Unlocked", "UnlockFailed", "NotSupported")] string Status);

    public static Wording ToCall(Unlock request) => Connectors.Number(request.Connector) switch
    {
        null => Wording.Impossible(Connectors.Unknown(request.Connector)),
        0 => Wording.Impossible("Connector 0 is the charge point itself: there is nothing to unlock."),
        { } number => Wording.Of(new UnlockConnector(number)),
    };

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Unlocked");
}
