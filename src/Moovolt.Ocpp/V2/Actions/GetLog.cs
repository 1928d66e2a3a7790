using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N01: upload a log.</summary>
[OcppAction("GetLog", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetLog(
    LogParameters Log,
    [OneOf("DiagnosticsLog", "SecurityLog"), OneOf("DataCollectorLog", Since = OcppVersion.V21)] string LogType,
    int RequestId,
    [AtLeast(0, Since = OcppVersion.V21)] int? Retries = null,
    int? RetryInterval = null) : ICsmsCall<UploadLog>, ICsmsCall<UploadDiagnostics>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "AcceptedCanceled")] string Status,
        StatusInfo? StatusInfo = null,
        [MaxLength(255)] string? Filename = null);

    public static Wording ToCall(UploadLog request) => Wording.Of(new GetLog(
        new LogParameters(request.Location, request.From, request.To),
        request.Security ? "SecurityLog" : "DiagnosticsLog",
        request.Number,
        request.Retries,
        request.RetryIntervalSeconds));

    // It is a log there, and reported on as one.
    public static Wording ToCall(UploadDiagnostics request) =>
        Wording.Impossible("From OCPP 2.0.1 on diagnostics are a log: ask with get-log, kind diagnostics.");

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted", "AcceptedCanceled") switch
    {
        { State: RequestState.Accepted } yes => yes with
        {
            Outcome = new JobTaken(
                StationJobKind.Log, RequestId, FileAddress.WithoutUser(Log.RemoteLocation),
                ((Response)heard.Response).Filename, heard.Status == "AcceptedCanceled"),
        },
        var no => no,
    };
}
