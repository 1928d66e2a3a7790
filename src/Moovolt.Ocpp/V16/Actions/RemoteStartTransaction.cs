using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.11: asks for a transaction. The answer is a promise; StartTransaction is the fact.</summary>
[OcppAction("RemoteStartTransaction", OcppVersion.V16)]
public sealed record RemoteStartTransaction(
    int? ConnectorId,
    [MaxLength(IdTags.MaxLength)] string IdTag,
    ChargingProfile? ChargingProfile) : ICsmsCall<StartCharging>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status);

    // Connector 0 is none that could charge: the charger chooses.
    public static Wording ToCall(StartCharging request) => request.Connector is not { } connector
        ? Wording.Of(new RemoteStartTransaction(null, request.Token, null))
        : Connectors.Number(connector) is { } number
            ? Wording.Of(new RemoteStartTransaction(number == 0 ? null : number, request.Token, null))
            : Wording.Impossible(Connectors.Unknown(connector));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted");
}
