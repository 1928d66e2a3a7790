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

/// <summary>
/// Work on whole tables takes as long as they are big: the time limit of everyday statements, here one second, ends none
/// of it, or a node would begin again for ever.
/// </summary>
[Collection(BackendsCollection.Name)]
public sealed class LongWorkSpec(Backends backends)
{
    [SkippableFact]
    public async Task A_node_waits_for_the_one_that_migrates_however_long_it_takes()
    {
        var database = await ImpatientAsync();
        await using var other = new NpgsqlConnection(database);
        await other.OpenAsync();
        await using var migrating = await other.BeginTransactionAsync();
        await RunAsync(other, $"select pg_advisory_xact_lock({Migrations.AdvisoryLock})");

        await using var stores = Stores.OnPostgres(database);
        var waiting = Stage.MigrateAsync(stores);
        await Task.Delay(TimeSpan.FromSeconds(2.5)); // longer than any of its statements may take otherwise
        Assert.False(waiting.IsCompleted, $"{waiting.Exception}");
        await migrating.CommitAsync();
        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
    }

    [SkippableFact]
    public async Task A_journal_of_another_server_is_adopted_however_many_rows_it_has()
    {
        await using var stage = await Stage.OnPostgresAsync(await ImpatientAsync());
        await RegisterAsync(stage);
        await using (var connection = new NpgsqlConnection(await ConnectionOf(stage)))
        {
            await connection.OpenAsync();
            await RunAsync(connection, Slow("journal", "update"));
            await RunAsync(connection, "update projection set system_identifier = 1");
        }

        await Stage.MigrateAsync(stage.Stores);
        var xids = await stage.Stores.Journal.QueryAsync(
            new Statement("select xid::text from journal"), row => row.GetString(0), default);
        Assert.Equal(["0"], xids);
    }

    [SkippableFact]
    public async Task The_read_model_is_emptied_however_long_that_takes()
    {
        await using var stage = await Stage.OnPostgresAsync(await ImpatientAsync());
        await RegisterAsync(stage);
        await using (var connection = new NpgsqlConnection(await ConnectionOf(stage)))
        {
            await connection.OpenAsync();
            await RunAsync(connection, Slow("charge_points", "delete"));
        }

        await stage.Projector.RebuildAsync(default);
        Assert.Empty((await stage.ChargePoints.ListAsync(new(), 10, null, default)).Items);
    }

    [Fact]
    public async Task What_takes_long_is_said_while_it_lasts()
    {
        var log = new Lines<Migrations>();
        var work = new TaskCompletionSource<int>();
        var waiting = work.Task.SaidAsync(log, "script 007", TimeSpan.FromMilliseconds(20));
        Assert.True(await Eventually.Is(() => log.ToString().Split('\n').Length >= 2, TimeSpan.FromSeconds(20)), $"{log}");
        Assert.True(log.Has("Still at it: script 007, for 0 s so far"), $"{log}");
        work.SetResult(3);
        Assert.Equal(3, await waiting.WaitAsync(TimeSpan.FromSeconds(20)));
        await Assert.ThrowsAsync<IOException>(() => Task.FromException<int>(new IOException()).SaidAsync(
            NullLogger.Instance, "what fails"));
    }

    private async Task<string> ImpatientAsync()
    {
        PostgresServer.Needed();
        return new NpgsqlConnectionStringBuilder(await (await backends.Server).NewDatabase()) { CommandTimeout = 1 }.ToString();
    }

    private async Task<string> ConnectionOf(Stage stage)
    {
        await using var connection = await stage.Stores.Journal.OpenAsync(default);
        return (await backends.Server).ConnectionString(connection.Database);
    }

    private static Task<Reply?> RegisterAsync(Stage stage) => stage.TellAsync(new RegisterChargePoint(
        new("CP-1"), null, 1, 1, Registration.Accepted, UnknownTokens.Refuse, "ana", Stage.Noon));

    private static string Slow(string table, string on) =>
        $"""
        create function slow() returns trigger language plpgsql as
          $$ begin perform pg_sleep(2.5); return coalesce(new, old); end $$;
        create trigger slow before {on} on {table} for each row execute function slow()
        """;

    private static async Task RunAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }
}
