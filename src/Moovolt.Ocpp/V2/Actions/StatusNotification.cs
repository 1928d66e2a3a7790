using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, G01: how a connector is. There is no error code here: what is wrong comes as events of its
/// components.
/// </summary>
[OcppAction("StatusNotification", OcppVersion.V201, OcppVersion.V21)]
public sealed record StatusNotification(
    DateTimeOffset Timestamp,
    [OneOf("Available", "Occupied", "Reserved", "Unavailable", "Faulted")] string ConnectorStatus,
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0)] int EvseId,
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0)] int ConnectorId) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportStatus(
            arrival.From,
            arrival.Epoch,
            new ConnectorId(EvseId, ConnectorId),
            new ConnectorStatus(ConnectorStatus, ConnectorStatus == "Faulted" ? "OtherError" : "NoError"),
            Timestamp,
            arrival.At),
        new Response());
}
