using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6 security whitepaper, 5.5: how far an upload of a log is.</summary>
[OcppAction("LogStatusNotification", OcppVersion.V16)]
public sealed record LogStatusNotification(
    [OneOf(
        "BadMessage", "Idle", "NotSupportedOperation", "PermissionDenied", "Uploaded", "UploadFailure", "Uploading")]
    string Status,
    int? RequestId) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportJob(arrival.From, arrival.Epoch, StationJobKind.Log, RequestId, Status, arrival.At), new Response());
}
