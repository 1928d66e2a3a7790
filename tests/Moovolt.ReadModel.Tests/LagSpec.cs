using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.Projection;
using Moovolt.Rig;
using Npgsql;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>How far behind the projector is: true above all when something holds it up.</summary>
[Collection(BackendsCollection.Name)]
public sealed class LagSpec(Backends backends)
{
    [SkippableFact]
    public async Task What_waits_for_anothers_transaction_grows_old_and_every_node_says_whose_it_is()
    {
        await using var stage = await backends.OpenAsync(Backend.Postgres);
        await using var elsewhere = new NpgsqlConnection(await (await backends.Server).NewDatabase());
        await elsewhere.OpenAsync();
        await using var held = await elsewhere.BeginTransactionAsync();
        await using (var write = new NpgsqlCommand("create table held (id int)", elsewhere, held)) await write.ExecuteNonQueryAsync();
        stage.Entities.Tell(new RegisterChargePoint(
            new("CP-1"), null, 1, 1, Registration.Accepted, UnknownTokens.Refuse, "ana", Stage.Noon));
        await stage.StoreAsync();
        await stage.Projector.CatchUpAsync(default);
        Assert.Equal(TimeSpan.Zero, stage.Projector.Lag);
        Assert.Null(await HeldByAsync(stage));

        stage.Clock.Advance(TimeSpan.FromHours(2));
        Assert.Equal(TimeSpan.FromHours(2), stage.Projector.Lag);
        await stage.Projector.CatchUpAsync(default);
        Assert.Equal(TimeSpan.FromHours(2), stage.Projector.Lag);
        Assert.Contains($"pid {elsewhere.ProcessID} in database {elsewhere.Database} ", await HeldByAsync(stage), StringComparison.Ordinal);

        await held.RollbackAsync();
        Assert.Null(await HeldByAsync(stage)); // it is old, but nobody holds it any more
        await stage.Projector.CatchUpAsync(default);
        Assert.Equal(TimeSpan.Zero, stage.Projector.Lag);
        Assert.Null(await HeldByAsync(stage));
    }

    [Fact]
    public async Task While_nothing_can_be_read_the_lag_grows_and_where_no_projector_runs_there_is_none()
    {
        await using var stage = await Stage.OnSqliteAsync();
        using var stop = new CancellationTokenSource();
        Assert.Equal(TimeSpan.Zero, stage.Projector.Lag);
        await RunAsync(stage, "alter table projection rename to away");
        var running = stage.Projector.RunAsync(stop.Token);
        stage.Clock.Advance(TimeSpan.FromSeconds(40));
        Assert.True(
            await Eventually.Is(() => stage.Projector.Lag >= TimeSpan.FromSeconds(40), TimeSpan.FromSeconds(20)),
            $"{stage.Projector.Lag}");

        await stop.CancelAsync();
        await running.WaitAsync(TimeSpan.FromSeconds(20));
        stage.Clock.Advance(TimeSpan.FromHours(1));
        Assert.Equal(TimeSpan.Zero, stage.Projector.Lag);
    }

    private static async Task<string?> HeldByAsync(Stage stage) =>
        await stage.Freshness.HeldByAsync(await stage.Freshness.LagAsync(default), default);

    private static async Task RunAsync(Stage stage, string sql)
    {
        await using var connection = await stage.Stores.ReadModel.OpenAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
