using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Wish = Moovolt.Domain.ChargePoints.ChangeAvailability;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, G03 and G04: in service or out of it. "Scheduled" is a yes too: once the transaction there is over.
/// </summary>
[OcppAction("ChangeAvailability", OcppVersion.V201, OcppVersion.V21)]
public sealed record ChangeAvailability(
    [OneOf("Inoperative", "Operative")] string OperationalStatus,
    Evse? Evse = null) : ICsmsCall<Wish>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "Scheduled")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(Wish request) => Wording.Of(new ChangeAvailability(
        request.Operative ? "Operative" : "Inoperative", Places.ToWire(request.Connector)));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted", "Scheduled") with
    {
        Outcome = heard.Status switch
        {
            "Accepted" => new AvailabilityChanged(Place, OperationalStatus == "Operative"),
            "Scheduled" => new AvailabilityScheduled(Place, OperationalStatus == "Operative"),
            _ => null,
        },
    };

    private ConnectorId Place => Places.Of(Evse) ?? ConnectorId.ChargePoint;
}
