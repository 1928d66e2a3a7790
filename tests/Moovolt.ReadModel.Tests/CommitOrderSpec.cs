using System.Data.Common;
using System.Diagnostics;
using Microsoft.Extensions.Logging.Abstractions;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.Projection;
using Moovolt.ReadModel.Storage;
using Moovolt.Rig;
using Npgsql;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>On PostgreSQL many write at once: nothing that commits late is skipped, and nothing that fails stalls.</summary>
[Collection(BackendsCollection.Name)]
public sealed class CommitOrderSpec(Backends backends)
{
    [SkippableFact]
    public async Task What_began_earlier_and_commits_later_is_not_skipped()
    {
        await using var stage = await backends.OpenAsync(Backend.Postgres);
        await using var slow = await stage.Stores.Journal.OpenAsync(default);
        await using var late = await slow.BeginTransactionAsync();
        await StoreAsync(stage, slow, late, "SLOW");
        await using var quick = await stage.Stores.Journal.OpenAsync(default);
        await StoreAsync(stage, quick, null, "QUICK");

        await stage.Projector.CatchUpAsync(default);
        Assert.Equal([], await ShownAsync(stage)); // its turn is after the slow one
        Assert.Equal(1, (await stage.Freshness.LagAsync(default)).Events);

        await late.CommitAsync();
        await stage.Projector.CatchUpAsync(default);
        Assert.Equal(["QUICK", "SLOW"], await ShownAsync(stage));
    }

    [SkippableFact]
    public async Task A_rollback_leaves_a_gap_that_nobody_waits_for()
    {
        await using var stage = await backends.OpenAsync(Backend.Postgres);
        await using var connection = await stage.Stores.Journal.OpenAsync(default);
        await using (var failed = await connection.BeginTransactionAsync())
        {
            await StoreAsync(stage, connection, failed, "NEVER");
            await failed.RollbackAsync();
        }

        await StoreAsync(stage, connection, null, "NEXT");
        await stage.Projector.CatchUpAsync(default);
        Assert.Equal(["NEXT"], await ShownAsync(stage));
    }

    [SkippableFact]
    public async Task A_transaction_held_open_in_another_database_is_found_and_said()
    {
        await using var stage = await backends.OpenAsync(Backend.Postgres);
        await using var elsewhere = new NpgsqlConnection(await (await backends.Server).NewDatabase());
        await elsewhere.OpenAsync();
        await using var held = await elsewhere.BeginTransactionAsync();
        await using (var write = new NpgsqlCommand("create table held (id int)", elsewhere, held)) await write.ExecuteNonQueryAsync();
        await using var connection = await stage.Stores.Journal.OpenAsync(default);
        await StoreAsync(stage, connection, null, "WAITS");

        await stage.Projector.CatchUpAsync(default);
        Assert.Null(stage.Projector.HeldBy);
        stage.Clock.Advance(TimeSpan.FromSeconds(11));
        await stage.Projector.CatchUpAsync(default);
        Assert.Contains($"pid {elsewhere.ProcessID} in database {elsewhere.Database} ", stage.Projector.HeldBy, StringComparison.Ordinal);

        await held.RollbackAsync();
        await stage.Projector.CatchUpAsync(default);
        Assert.Equal(["WAITS"], await ShownAsync(stage));
        await stage.Projector.CatchUpAsync(default);
        Assert.Null(stage.Projector.HeldBy);
    }

    [SkippableFact]
    public async Task After_a_dump_and_a_restore_elsewhere_old_events_count_once_and_new_ones_follow()
    {
        await using var stage = await backends.OpenAsync(Backend.Postgres);
        var from = await backends.Server;
        await using (var connection = await stage.Stores.Journal.OpenAsync(default))
        {
            await BurnTransactionIdsAsync(connection); // so that the new server's ids are lower than the old ones
            await StoreAsync(stage, connection, null, "SHOWN");
            await stage.Projector.CatchUpAsync(default);

            // Two that are not projected at the time of the dump, the one that commits first with the higher ordering.
            await using var slow = await stage.Stores.Journal.OpenAsync(default);
            await using var late = await slow.BeginTransactionAsync();
            await StoreAsync(stage, slow, late, "OPEN-1");
            await StoreAsync(stage, connection, null, "OPEN-2");
            await late.CommitAsync();
        }

        await using var to = await PostgresServer.Start();
        var database = new NpgsqlConnectionStringBuilder(await to.NewDatabase()).Database!; // we have just named it
        await CopyAsync(from, stage, to, database);

        await using var restored = Stores.OnPostgres(to.ConnectionString(database));
        await Stage.MigrateAsync(restored);
        await using (var connection = await restored.Journal.OpenAsync(default)) await StoreAsync(stage, connection, null, "NEW");
        using var projector = new Projector(restored, stage.Clock, NullLogger<Projector>.Instance);
        await projector.CatchUpAsync(default);
        Assert.Equal(["NEW", "OPEN-1", "OPEN-2", "SHOWN"], await ShownAsync(restored));

        // Once adopted, the restored journal is like any other: it can be read from the beginning.
        await projector.RebuildAsync(default);
        await projector.CatchUpAsync(default);
        Assert.Equal(["NEW", "OPEN-1", "OPEN-2", "SHOWN"], await ShownAsync(restored));
    }

    private static Task StoreAsync(Stage stage, DbConnection connection, DbTransaction? transaction, string id) => stage.StoreAsync(
        connection,
        transaction,
        $"charge-point/{id}",
        new ChargePointRegistered(new(id), null, 1, 1, Registration.Accepted, UnknownTokens.Refuse, "ana", Stage.Noon));

    private static Task<IEnumerable<string>> ShownAsync(Stage stage) => ShownAsync(stage.Stores);

    private static async Task<IEnumerable<string>> ShownAsync(Stores stores) =>
        (await new ChargePoints.ChargePointTable(stores.ReadModel).ListAsync(new(), 100, null, default)).Items.Select(row => row.Id);

    private static async Task BurnTransactionIdsAsync(DbConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "do $$ begin for i in 1..500 loop perform pg_current_xact_id(); commit; end loop; end $$";
        await command.ExecuteNonQueryAsync();
    }

    private static async Task CopyAsync(PostgresServer from, Stage stage, PostgresServer to, string database)
    {
        await using var connection = await stage.Stores.Journal.OpenAsync(default);
        var start = new ProcessStartInfo("sh", [
            "-c",
            $"pg_dump -h 127.0.0.1 -p {from.Port} -U moovolt {connection.Database} | "
            + $"psql -q -v ON_ERROR_STOP=1 -h 127.0.0.1 -p {to.Port} -U moovolt -d {database}",
        ])
        {
            RedirectStandardOutput = true,
        };
        using var copy = Children.Start(start);
        await copy.StandardOutput.ReadToEndAsync();
        await copy.WaitForExitAsync();
        Assert.Equal(0, copy.ExitCode);
    }
}
