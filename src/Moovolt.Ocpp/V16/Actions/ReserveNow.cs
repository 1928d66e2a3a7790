using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 5.13: keep a connector for a token. Connector 0 is any one of them.</summary>
[OcppAction("ReserveNow", OcppVersion.V16)]
public sealed record ReserveNow(
    [SenselessBelow(0, IsTaken = true)] int ConnectorId,
    DateTimeOffset ExpiryDate,
    [MaxLength(IdTags.MaxLength)] string IdTag,
    [MaxLength(IdTags.MaxLength)] string? ParentIdTag,
    int ReservationId) : ICsmsCall<Reserve>
{
    public sealed record Response([OneOf("Accepted", "Faulted", "Occupied", "Rejected", "Unavailable")] string Status);

    public static Wording ToCall(Reserve request)
    {
        var connector = request.Connector ?? Domain.ConnectorId.ChargePoint;
        return Connectors.Number(connector) is { } number
            ? Wording.Of(
                new ReserveNow(number, request.ExpiresAt, request.Token, request.Parent, request.ReservationId))
            : Wording.Impossible(Connectors.Unknown(connector));
    }

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new StationAnswer(RequestState.Accepted, Outcome: new Reserved(
            ReservationId, Domain.ConnectorId.Of16(ConnectorId), IdTag, ParentIdTag, ExpiryDate)),
        "Occupied" => No("Occupied", $"{Place} is in use, or reserved already."),
        "Faulted" => No("Faulted", $"{Place} is faulted."),
        "Unavailable" => No("Unavailable", $"{Place} is out of service: bring it back with change-availability."),
        "Rejected" => No("Rejected", ConnectorId == 0
            ? "The charger takes no reservations, or none without a connector."
            : "The charger takes no reservations."),
        _ => heard.Judge(),
    };

    private string Place => ConnectorId == 0 ? "The charger" : "The connector";

    private static StationAnswer No(string code, string words) => new(RequestState.Rejected, null, code, words);
}
