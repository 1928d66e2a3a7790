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
    /// <summary>So long an event may wait before somebody is named: transactions that are merely slow end sooner.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private long xmin;
    private long since;

    /// <summary>Who holds the projector up, in words; null when nobody does, or not for long.</summary>
    public string? HeldBy { get; private set; }

    /// <summary>When the oldest of the rows was stored that may not be read yet; null when there are none.</summary>
    public DateTimeOffset? WaitingSince { get; private set; }

    /// <summary>True when there are rows that may not be read yet.</summary>
    public bool RowsWait => WaitingSince is not null;

    /// <summary>To be asked when there is nothing to read: is that so, or does something hold it up?</summary>
    public async Task LookAsync(ReadOffset offset, CancellationToken cancellation)
    {
        if (journal.Dialect != SqlDialect.Postgres) return;

        var found = await journal.QueryAsync(
            new Statement(
                """
                select pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
                       (select created from journal where (xid, ordering) > ($1::text::xid8, $2)
                        order by xid, ordering limit 1)
                """,
                offset.XidText, offset.Ordering),
            reader => (Xmin: reader.GetInt64(0), Since: reader.NumberOrNull(1)),
            cancellation);
        var now = found.Single();
        WaitingSince = now.Since is { } ticks ? JournalReader.CreatedAt(ticks) : null;
        if (!RowsWait || now.Xmin != xmin)
        {
            (xmin, since, HeldBy) = (now.Xmin, clock.GetTimestamp(), null);
            return;
        }

        if (HeldBy is null && clock.GetElapsedTime(since) >= Patience)
        {
            HeldBy = await FindHolderAsync(journal, xmin, cancellation);
            log.LogWarning("The projector waits: {HeldBy}", HeldBy);
        }
    }

    /// <summary>
    /// Whose transaction it is that the next event waits for, in words; null when it waits for none. On any node.
    /// </summary>
    public static async Task<string?> HolderAsync(
        Database journal, ReadOffset offset, CancellationToken cancellation)
    {
        if (journal.Dialect != SqlDialect.Postgres) return null;
        var found = await journal.QueryAsync(
            new Statement(
                """
                select pg_snapshot_xmin(pg_current_snapshot())::text::bigint,
                       (select xid >= pg_snapshot_xmin(pg_current_snapshot()) from journal
                        where (xid, ordering) > ($1::text::xid8, $2) order by xid, ordering limit 1)
                """,
                offset.XidText, offset.Ordering),
            reader => (Xmin: reader.GetInt64(0), Held: !reader.IsDBNull(1) && reader.GetBoolean(1)),
            cancellation);
        var (holding, held) = found.Single();
        return held ? await FindHolderAsync(journal, holding, cancellation) : null;
    }

    private static async Task<string> FindHolderAsync(Database journal, long xmin, CancellationToken cancellation)
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
