using System.Globalization;
using Microsoft.Extensions.Logging;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Projection;

/// <summary>
/// A write transaction that is held open anywhere on the PostgreSQL server, in whichever database, holds the projector
/// up. After a while this says whose it is: nobody would find it otherwise.
/// </summary>
internal sealed class XminWatch(Database journal, TimeProvider clock, ILogger log)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private long xmin;
    private long since;

    /// <summary>Who holds the projector up, in words; null when nobody does, or not for long.</summary>
    public string? HeldBy { get; private set; }

    /// <summary>True when there are rows that may not be read yet.</summary>
    public bool RowsWait { get; private set; }

    /// <summary>To be asked when there is nothing to read: is that so, or does something hold it up?</summary>
    public async Task LookAsync(ReadOffset offset, CancellationToken cancellation)
    {
        if (journal.Dialect != SqlDialect.Postgres) return;

        var found = await journal.QueryAsync(
            new Statement(
                """
                select pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
                       exists (select 1 from journal where (xid, ordering) > ($1::text::xid8, $2))
                """,
                offset.XidText, offset.Ordering),
            reader => (Xmin: reader.GetInt64(0), Waiting: reader.GetBoolean(1)),
            cancellation);
        var now = found.Single();
        RowsWait = now.Waiting;
        if (!now.Waiting || now.Xmin != xmin)
        {
            (xmin, since, HeldBy) = (now.Xmin, clock.GetTimestamp(), null);
            return;
        }

        if (HeldBy is null && clock.GetElapsedTime(since) >= Patience)
        {
            HeldBy = await FindHolderAsync(cancellation);
            log.LogWarning("The projector waits: {HeldBy}", HeldBy);
        }
    }

    private async Task<string> FindHolderAsync(CancellationToken cancellation)
    {
        var holders = await journal.QueryAsync(
            new Statement(
                """
                select format('pid %s in database %s (user %s, application "%s", %s) holds a write transaction open since %s',
                              pid, datname, usename, application_name, state, xact_start)
                from pg_stat_activity where backend_xid::text::bigint = $1 % 4294967296
                union all
                select format('the prepared transaction "%s" in database %s (user %s) is open since %s',
                              gid, database, owner, prepared)
                from pg_prepared_xacts where transaction::text::bigint = $1 % 4294967296
                """,
                xmin),
            reader => reader.GetString(0),
            cancellation);
        return holders.Count > 0
            ? holders[0]
            : string.Create(CultureInfo.InvariantCulture, $"transaction {xmin} is open, and nothing tells whose it is");
    }
}
