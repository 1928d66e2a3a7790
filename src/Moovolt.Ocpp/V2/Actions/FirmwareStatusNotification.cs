using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, L01: how far an update of the firmware is.</summary>
[OcppAction("FirmwareStatusNotification", OcppVersion.V201, OcppVersion.V21)]
public sealed record FirmwareStatusNotification(
    [OneOf(
        "Downloaded", "DownloadFailed", "Downloading", "DownloadScheduled", "DownloadPaused", "Idle",
        "InstallationFailed", "Installing", "Installed", "InstallRebooting", "InstallScheduled",
        "InstallVerificationFailed", "InvalidSignature", "SignatureVerified")]
    string Status,
    int? RequestId = null,
    [Since(OcppVersion.V21)] StatusInfo? StatusInfo = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportJob(arrival.From, arrival.Epoch, StationJobKind.Firmware, RequestId, Status, arrival.At),
        new Response());
}
