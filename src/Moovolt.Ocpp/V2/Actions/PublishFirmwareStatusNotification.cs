using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, L03: how far the publishing of a firmware is.</summary>
[OcppAction("PublishFirmwareStatusNotification", OcppVersion.V201, OcppVersion.V21)]
public sealed record PublishFirmwareStatusNotification(
    [OneOf(
        "Idle", "DownloadScheduled", "Downloading", "Downloaded", "Published", "DownloadFailed", "DownloadPaused",
        "InvalidChecksum", "ChecksumVerified", "PublishFailed")]
    string Status,
    [MaxLength(512), MaxLength(2000, Since = OcppVersion.V21), MinItems(1)] ImmutableArray<string>? Location = null,
    [AtLeast(0, Since = OcppVersion.V21)] int? RequestId = null,
    [Since(OcppVersion.V21)] StatusInfo? StatusInfo = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportJob(arrival.From, arrival.Epoch, StationJobKind.PublishedFirmware, RequestId, Status, arrival.At),
        new Response());
}
