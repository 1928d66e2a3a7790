using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6 security whitepaper, 5.8: how far an update of a signed firmware is.</summary>
[OcppAction("SignedFirmwareStatusNotification", OcppVersion.V16)]
public sealed record SignedFirmwareStatusNotification(
    [OneOf(
        "Downloaded", "DownloadFailed", "Downloading",
        "DownloadScheduled", "DownloadPaused", "Idle", "InstallationFailed",
        "Installing", "Installed", "InstallRebooting",
        "InstallScheduled", "InstallVerificationFailed", "InvalidSignature",
        "SignatureVerified")]
    string Status,
    int? RequestId) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportJob(arrival.From, arrival.Epoch, StationJobKind.Firmware, RequestId, Status, arrival.At),
        new Response());
}
