using Microsoft.Extensions.Logging;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Projection;

/// <summary>
/// Transaction ids belong to one PostgreSQL server: after a dump and a restore elsewhere the old rows' ids are higher
/// than those of new rows, or lower, by chance. So they are put before every id that a server gives: what was projected
/// gets 0, what was not gets 1 (real ones begin at 3), and reading goes on from there.
/// </summary>
internal static class RestoredJournal
{
    public static async Task AdoptAsync(Stores stores, ILogger log, CancellationToken cancellation)
    {
        if (stores.Journal.Dialect != SqlDialect.Postgres) return;

        await using var connection = await stores.Journal.OpenForLongWorkAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Migrations.LockAsync(connection, transaction, log, cancellation);
        var elsewhere = await connection.QueryAsync(
            transaction,
            new Statement(
                """
                select xid, ordering from projection, pg_control_system() server
                where projection.system_identifier <> server.system_identifier for update of projection
                """),
            reader => new ReadOffset(reader.GetInt64(0), reader.GetInt64(1)),
            cancellation);
        if (elsewhere is not [var offset]) return;

        log.LogWarning("The journal was restored from another PostgreSQL server: every row of it is written anew");
        var rows = await connection.RunAsync(
            transaction,
            new Statement(
                """
                update journal set xid =
                  (case when (xid, ordering) <= ($1::text::xid8, $2) then '0' else '1' end)::xid8
                """,
                offset.XidText, offset.Ordering),
            cancellation).SaidAsync(log, "putting the restored journal's rows before all that follow");
        await connection.RunAsync(
            transaction,
            new Statement(
                """
                update projection set
                  xid = 0,
                  ordering = (select coalesce(max(ordering), 0) from journal where xid = '0'::xid8),
                  system_identifier = (select system_identifier from pg_control_system())
                """),
            cancellation);
        await transaction.CommitAsync(cancellation);
        log.LogWarning(
            "The journal was restored from another PostgreSQL server: its {Rows} rows are put before all that follow",
            rows);
    }
}
