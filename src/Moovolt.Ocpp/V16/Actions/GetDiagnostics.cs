using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>
/// OCPP 1.6, 5.9: upload diagnostics. The answer names the file; without a name there is nothing to upload, which is a
/// no.
/// </summary>
[OcppAction("GetDiagnostics", OcppVersion.V16)]
public sealed record GetDiagnostics(
    [Uri] string Location,
    int? Retries,
    int? RetryInterval,
    DateTimeOffset? StartTime,
    DateTimeOffset? StopTime) : ICsmsCall<UploadDiagnostics>
{
    public sealed record Response([MaxLength(255)] string? FileName);

    public static Wording ToCall(UploadDiagnostics request) => Wording.Of(new GetDiagnostics(
        request.Location, request.Retries, request.RetryIntervalSeconds, request.From, request.To));

    public StationAnswer ToAnswer(Heard heard) => heard.Response is Response { FileName: { Length: > 0 } fileName }
        ? new StationAnswer(RequestState.Accepted)
        {
            Outcome = new JobTaken(StationJobKind.Diagnostics, null, FileAddress.WithoutUser(Location), fileName),
        }
        : new StationAnswer(
            RequestState.Rejected, null, "nothingToUpload",
            "The charger names no file: it has no diagnostics to upload.");
}
