using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6 security whitepaper, 5.4: upload a log.</summary>
[OcppAction("GetLog", OcppVersion.V16)]
public sealed record GetLog(
    GetLog.LogParameters Log,
    [OneOf("DiagnosticsLog", "SecurityLog")] string LogType,
    int RequestId,
    int? Retries,
    int? RetryInterval) : ICsmsCall<UploadLog>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "AcceptedCanceled")] string Status,
        [MaxLength(255)] string? Filename);

    public sealed record LogParameters(
        [MaxLength(512)] string RemoteLocation,
        DateTimeOffset? OldestTimestamp,
        DateTimeOffset? LatestTimestamp);

    public static Wording ToCall(UploadLog request) => Wording.Of(new GetLog(
        new LogParameters(request.Location, request.From, request.To),
        request.Security ? "SecurityLog" : "DiagnosticsLog",
        request.Number,
        request.Retries,
        request.RetryIntervalSeconds));

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
