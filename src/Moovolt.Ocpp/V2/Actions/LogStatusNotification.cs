using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N01: how far an upload of a log is.</summary>
[OcppAction("LogStatusNotification", OcppVersion.V201, OcppVersion.V21)]
public sealed record LogStatusNotification(
    [OneOf(
        "BadMessage", "Idle", "NotSupportedOperation", "PermissionDenied", "Uploaded", "UploadFailure", "Uploading",
        "AcceptedCanceled")]
    string Status,
    int? RequestId = null,
    [Since(OcppVersion.V21)] StatusInfo? StatusInfo = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportJob(arrival.From, arrival.Epoch, StationJobKind.Log, RequestId, Status, arrival.At), new Response());
}
