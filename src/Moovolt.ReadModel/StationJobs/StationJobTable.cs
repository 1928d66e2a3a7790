using System.Data.Common;
using System.Globalization;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.StationJobs;

/// <summary>What is, and was, a charger busy with: updates of its firmware, uploads?</summary>
public sealed class StationJobTable(Database database)
{
    private const string List = "station-jobs";

    private const string Columns = """
        select kind, job_id, number, location, file_name, replaced_older, status, begun_at, status_at, ended
          from station_jobs
        """;

    /// <summary>The latest first.</summary>
    /// <param name="kinds">Which kinds; at least one.</param>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<StationJobRow>> ListAsync(
        ChargePointId chargePoint, IReadOnlyList<StationJobKind> kinds,
        int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where()
            .And("charge_point = ?", chargePoint.Value)
            .And($"kind in ({Where.Places(kinds.Count)})", [.. kinds.Select(kind => Word.Of(kind))]);
        if (Cursor.Read(List, cursor, 2) is [var at, var job])
            where.And("(begun_at < ? or (begun_at = ? and job_id < ?))", Cursor.Number(at), Cursor.Number(at), job);

        var rows = await database.QueryAsync(
            where.Select(Columns, "order by begun_at desc, job_id desc limit ?", Cursor.Fetch(limit)),
            Job, cancellation);
        var page = Cursor.PageOf(rows, limit, row => Cursor.Write(
            List, Instants.Store(row.BegunAt).ToString(CultureInfo.InvariantCulture), row.JobId));
        var steps = await StepsAsync(chargePoint, page.Items.Select(row => row.JobId).ToArray(), cancellation);
        return page with { Items = [.. page.Items.Select(
            row => row with { Steps = [.. steps[(row.Kind, row.JobId)]] })] };
    }

    private async Task<ILookup<(string, string), StationJobStep>> StepsAsync(
        ChargePointId chargePoint, string[] jobs, CancellationToken cancellation)
    {
        if (jobs.Length == 0) return Array.Empty<StationJobStep>().ToLookup(_ => ("", ""));
        var where = new Where().And("charge_point = ?", chargePoint.Value)
            .And($"job_id in ({Where.Places(jobs.Length)})", [.. jobs]);
        var steps = await database.QueryAsync(
            where.Select("select kind, job_id, status, at from station_job_steps", "order by sequence_number"),
            reader => (Kind: reader.GetString(0), Job: reader.GetString(1),
                Step: new StationJobStep(reader.GetString(2), reader.Instant(3))),
            cancellation);
        return steps.ToLookup(entry => (entry.Kind, entry.Job), entry => entry.Step);
    }

    private static StationJobRow Job(DbDataReader reader) => new(
        reader.GetString(0),
        reader.GetString(1),
        (int?)reader.NumberOrNull(2),
        reader.TextOrNull(3),
        reader.TextOrNull(4),
        reader.GetBoolean(5),
        reader.TextOrNull(6),
        reader.Instant(7),
        reader.Instant(8),
        reader.GetBoolean(9),
        []);
}
