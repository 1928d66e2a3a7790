using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.StationJobs;

/// <summary>From what a charger says of a firmware update or an upload to its row and its steps.</summary>
internal static class StationJobProjection
{
    public static readonly string[] Tables = ["station_jobs", "station_job_steps"];

    /// <param name="version">The event's sequence number.</param>
    public static IEnumerable<Statement> Of(ChargePointEvent @event, long version)
    {
        switch (@event)
        {
            // A report may have overtaken the answer: then the row is there.
            case StationAnswered { Answer.Outcome: JobTaken taken } e:
                yield return new Statement(
                    """
                    insert into station_jobs (charge_point, kind, job_id, number, location, file_name, replaced_older,
                      begun_at, status_at)
                    values ($1, $2, $3, $4, $5, $6, $7, $8, $8)
                    on conflict (charge_point, kind, job_id) do update set number = excluded.number,
                      location = excluded.location, file_name = excluded.file_name,
                        replaced_older = excluded.replaced_older
                    """,
                    e.Id.Value,
                    Word.Of(taken.Kind),
                    e.RequestId,
                    taken.Number,
                    taken.Location,
                    taken.FileName,
                    taken.ReplacedOlder,
                    e.At);
                break;

            case JobProgressed e:
                yield return new Statement(
                    """
                    insert into station_jobs (charge_point, kind, job_id, status, begun_at, status_at, ended)
                    values ($1, $2, $3, $4, $5, $5, $6)
                    on conflict (charge_point, kind, job_id) do update set status = excluded.status,
                      status_at = excluded.status_at, ended = excluded.ended
                    """,
                    e.Id.Value, Word.Of(e.Kind), e.JobId,
                    e.Status, e.At, Domain.ChargePoints.StationJobs.IsEnd(e.Status));
                yield return new Statement(
                    """
                    insert into station_job_steps (charge_point, kind, job_id, sequence_number, status, at)
                    values ($1, $2, $3, $4, $5, $6)
                    """,
                    e.Id.Value, Word.Of(e.Kind), e.JobId, version, e.Status, e.At);
                break;
        }
    }
}
