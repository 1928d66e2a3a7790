using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 4.5: how far an update of the firmware is; the latest that was asked for is meant.</summary>
[OcppAction("FirmwareStatusNotification", OcppVersion.V16)]
public sealed record FirmwareStatusNotification(
    [OneOf(
        "Downloaded", "DownloadFailed", "Downloading", "Idle", "InstallationFailed", "Installing", "Installed")]
    string Status) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportJob(arrival.From, arrival.Epoch, StationJobKind.Firmware, null, Status, arrival.At), new Response());
}
