using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Wish = Moovolt.Domain.ChargePoints.ChangeAvailability;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>
/// OCPP 1.6, 5.2: in service or out of it. "Scheduled" is a yes too: once the transaction there is over.
/// </summary>
[OcppAction("ChangeAvailability", OcppVersion.V16)]
public sealed record ChangeAvailability(
    [SenselessBelow(0, IsTaken = true)] int ConnectorId,
    [OneOf("Inoperative", "Operative")] string Type) : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Rejected", "Scheduled")] string Status);

    public static Wording ToCall(Wish request)
    {
        var connector = request.Connector ?? Domain.ConnectorId.ChargePoint;
        return Connectors.Number(connector) is { } number
            ? Wording.Of(new ChangeAvailability(number, request.Operative ? "Operative" : "Inoperative"))
            : Wording.Impossible(Connectors.Unknown(connector));
    }

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted", "Scheduled") with
    {
        Outcome = heard.Status switch
        {
            "Accepted" => new AvailabilityChanged(Domain.ConnectorId.Of16(ConnectorId), Type == "Operative"),
            "Scheduled" => new AvailabilityScheduled(Domain.ConnectorId.Of16(ConnectorId), Type == "Operative"),
            _ => null,
        },
    };
}
