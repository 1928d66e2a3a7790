using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// What becomes of a firmware update or an upload. Reports may come before the charger's answer does.
/// </summary>
public static class StationJobs
{
    /// <summary>The words after which nothing more is to come; the others are steps on the way.</summary>
    public static bool IsEnd(string status) => IsSuccess(status) || IsFailure(status);

    public static bool IsSuccess(string status) => status is "Installed" or "Uploaded" or "Published";

    public static bool IsFailure(string status) => status is
        "DownloadFailed" or "InstallationFailed" or "InstallVerificationFailed" or "InvalidSignature"
        or "UploadFailed" or "UploadFailure" or "BadMessage" or "PermissionDenied" or "NotSupportedOperation"
        or "InvalidChecksum" or "PublishFailed";

    internal static Decision Report(ChargePoint state, ReportJob c)
    {
        var job = JobOf(state, c);
        if (job.Status == c.Status) return new(new Reply.Repeated());
        return new(new Reply.Accepted(), new JobProgressed(c.Id, c.Kind, job.JobId, c.Status, c.At));
    }

    internal static ImmutableArray<KnownJob> Apply(ImmutableArray<KnownJob> jobs, JobProgressed e)
    {
        var known = jobs.FirstOrDefault(job => job.Kind == e.Kind);
        var number = known?.JobId == e.JobId ? known.Number : null;
        return Replace(jobs, new KnownJob(e.Kind, e.JobId, number, e.Status));
    }

    internal static ImmutableArray<KnownJob> Begin(ImmutableArray<KnownJob> jobs, string jobId, JobTaken taken)
    {
        var known = jobs.FirstOrDefault(job => job.Kind == taken.Kind && job.JobId == jobId);
        return Replace(jobs, new KnownJob(taken.Kind, jobId, taken.Number, known?.Status));
    }

    // The job that was asked for last; a report that overtakes the answer belongs to what is under way.
    private static KnownJob JobOf(ChargePoint state, ReportJob c)
    {
        var known = state.Jobs.FirstOrDefault(job => job.Kind == c.Kind);
        var asked = state.Asked.LastOrDefault(request =>
            request.State == RequestState.Sent && request.Request is StationJobRequest job && job.Kind == c.Kind);
        if (asked is not null && asked.RequestId != known?.JobId)
            return new KnownJob(c.Kind, asked.RequestId, c.Number, null);
        if (known is not null && (known.Status is null || !IsEnd(known.Status) || known.Status == c.Status))
            return known;
        return known is not null && c.Status == "Idle" ? known
            : new KnownJob(c.Kind, $"unasked-{c.At.UtcTicks}", c.Number, null);
    }

    private static ImmutableArray<KnownJob> Replace(ImmutableArray<KnownJob> jobs, KnownJob job) =>
        jobs.RemoveAll(known => known.Kind == job.Kind).Add(job);
}
