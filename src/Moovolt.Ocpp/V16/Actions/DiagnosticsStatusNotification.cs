using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 4.4: how far an upload of diagnostics is.</summary>
[OcppAction("DiagnosticsStatusNotification", OcppVersion.V16)]
public sealed record DiagnosticsStatusNotification(
    [OneOf("Idle", "Uploaded", "UploadFailed", "Uploading")] string Status) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportJob(arrival.From, arrival.Epoch, StationJobKind.Diagnostics, null, Status, arrival.At),
        new Response());
}
