using Microsoft.Extensions.Logging;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.ReadModel.Projection;
using Moovolt.ReadModel.Storage;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>Each event counts once, whatever happens to the projector.</summary>
[Collection(BackendsCollection.Name)]
public sealed class ProjectorSpec(Backends backends)
{
    private static readonly TransactionId Id = new(new ChargePointId("CP-1"), "17");

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_dies_between_the_rows_and_the_offset_leaves_neither(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await BreakAsync(stage, "projection", "update");
        SuspectTwice(stage);
        await stage.StoreAsync();

        await Assert.ThrowsAnyAsync<Exception>(() => stage.Projector.CatchUpAsync(default));
        Assert.Equal(0, await CountAsync(stage, "annotations"));

        await MendAsync(stage, "projection");
        await stage.Projector.CatchUpAsync(default);
        Assert.Equal(2, await CountAsync(stage, "annotations"));
        Assert.Equal(new ProjectionLag(0, TimeSpan.Zero), await stage.Freshness.LagAsync(default));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Two_projectors_at_once_count_each_event_once(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        using var other = new Projector(stage.Stores, stage.Clock, new Lines<Projector>());
        for (var round = 0; round < 20; round++)
        {
            SuspectTwice(stage);
            await stage.StoreAsync();
            await Task.WhenAll(
                Task.Run(() => stage.Projector.CatchUpAsync(default)), Task.Run(() => other.CatchUpAsync(default)));
        }

        Assert.Equal(40, await CountAsync(stage, "annotations"));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task An_event_that_cannot_be_written_is_said_once_and_tried_until_it_can(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var log = new Lines<Projector>();
        using var projector = new Projector(stage.Stores, TimeProvider.System, log);
        stage.Entities.Tell(new RegisterChargePoint(
            Id.ChargePoint, null, 1, 1, Registration.Accepted, UnknownTokens.Refuse, "ana", Stage.Noon));
        SuspectTwice(stage);
        await BreakAsync(stage, "annotations", "insert");
        await stage.StoreAsync();

        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var running = projector.RunAsync(stop.Token);
        await WaitForAsync(() => log.Count(LogLevel.Error) > 0);
        Assert.NotNull(await stage.ChargePoints.FindAsync(Id.ChargePoint, default)); // what comes before does not wait
        await Task.Delay(500);
        Assert.Equal(1, log.Count(LogLevel.Error));
        Assert.Equal(2, (await stage.Freshness.LagAsync(default)).Events);

        await MendAsync(stage, "annotations");
        await WaitForAsync(async () => await CountAsync(stage, "annotations") == 2);
        await stop.CancelAsync();
        await running;
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task An_event_that_this_program_does_not_know_is_skipped_and_counted(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        await using (var connection = await stage.Stores.Journal.OpenAsync(default))
            await stage.StoreAsync(connection, null, "transaction/CP-1/17", "tx-of-tomorrow", [1, 2, 3]);
        SuspectTwice(stage);
        await stage.StoreAsync();

        await stage.Projector.CatchUpAsync(default);
        Assert.Equal(1, stage.Projector.Unknown);
        Assert.Equal(2, await CountAsync(stage, "annotations"));
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task Who_has_just_written_can_wait_until_it_is_shown(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var freshness = new Freshness(stage.Stores, TimeProvider.System);
        SuspectTwice(stage);
        await stage.StoreAsync();
        var entity = $"transaction/{Id}";
        Assert.False(await freshness.WaitForAsync(entity, TimeSpan.FromMilliseconds(50), default));
        Assert.True(await freshness.WaitForAsync("token/NOBODY", TimeSpan.Zero, default));

        using var projector = new Projector(stage.Stores, TimeProvider.System, new Lines<Projector>());
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(20));
        var running = projector.RunAsync(stop.Token);
        Assert.True(await freshness.WaitForAsync(entity, TimeSpan.FromSeconds(10), default));
        Assert.Equal(2, await CountAsync(stage, "annotations"));

        SuspectTwice(stage);
        await stage.StoreAsync();
        projector.Wake();
        Assert.True(await freshness.WaitForAsync(entity, TimeSpan.FromSeconds(10), default));
        await stop.CancelAsync();
        await running;
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task What_a_charger_sends_that_no_database_keeps_does_not_stop_the_projector(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var early = DateTimeOffset.MinValue.AddTicks(1);
        await stage.TellAsync(new BeginTransaction(
            Id, ConnectorId.Of16(1), "a\0b\ud800c", Verdict.Accepted, null, early, Stage.Noon, false, []));
        await stage.TellAsync(new EndTransaction(
            Id, null, null, "Local", DateTimeOffset.MaxValue, Stage.Noon, [], [], "{\"x\":\"\0\"}"));

        var shown = await stage.Transactions.FindAsync(Id, default);
        Assert.Equal("ended", shown!.State);
        Assert.DoesNotContain('\0', shown.Token!);
        Assert.Equal((1, 9999), (shown.StartedAt!.Value.Year, shown.EndedAt!.Value.Year));
        Assert.Single((await stage.Transactions.ListAsync(new(), 10, null, default)).Items);
    }

    private static int suspicions;

    // Each is kept once, and counts: what is projected twice would be seen.
    private static void SuspectTwice(Stage stage)
    {
        for (var i = 0; i < 2; i++)
        {
            stage.Entities.Journal.Add((
                $"transaction/{Id}",
                new SuspicionRaised(Id, new Oddity("odd", $"{Interlocked.Increment(ref suspicions)}"), Stage.Noon)));
        }
    }

    private static async Task BreakAsync(Stage stage, string table, string on) => await RunAsync(stage, stage.Stores.ReadModel.Choose(
        $"""
        create function broken() returns trigger language plpgsql as $$ begin raise exception 'broken'; end $$;
        create trigger broken before {on} on {table} for each row execute function broken()
        """,
        $"create trigger broken before {on} on {table} begin select raise(abort, 'broken'); end"));

    private static async Task MendAsync(Stage stage, string table) => await RunAsync(
        stage, stage.Stores.ReadModel.Choose($"drop trigger broken on {table}", "drop trigger broken"));

    private static async Task RunAsync(Stage stage, string sql)
    {
        await using var connection = await stage.Stores.ReadModel.OpenAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }

    private static async Task<long> CountAsync(Stage stage, string table) =>
        (await stage.Stores.ReadModel.QueryAsync(new Statement($"select count(*) from {table}"), row => row.GetInt64(0), default)).Single();

    private static Task WaitForAsync(Func<bool> condition) => WaitForAsync(() => Task.FromResult(condition()));

    private static async Task WaitForAsync(Func<Task<bool>> condition) =>
        Assert.True(await Rig.Eventually.Is(condition, TimeSpan.FromSeconds(15)));
}
