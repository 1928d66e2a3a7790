using Microsoft.Extensions.Logging;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.Deviations;
using Moovolt.ReadModel.Doors;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.ReadModel.Tests;

/// <summary>What chargers do not keep to is counted, on all nodes together, and nobody waits for it.</summary>
[Collection(BackendsCollection.Name)]
public sealed class DeviationSpec(Backends backends)
{
    private static readonly ChargePointId Id = new("CP-1");
    private static readonly ChargePointId Other = new("CP-2");
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20);

    private static readonly ObservationLimits Small = ObservationLimits.Usual with
    {
        Pause = Often,
        SeenEvery = Often,
        DeviationsEvery = Often,
        Deviations = 3,
    };

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task They_add_up_over_nodes_with_the_first_and_the_latest_time(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var table = new DeviationTable(stage.Stores.ReadModel);
        await RunAsync(stage, observations =>
        {
            for (var n = 0; n < 5; n++) observations.Deviated(Id, "too-long", $"example {n}\0", Stage.Noon.AddSeconds(n));
            observations.Deviated(Id, "null-member", new string('x', 500), Stage.Noon);
            observations.Deviated(Other, "too-long", "another's", Stage.Noon);
            return Task.CompletedTask;
        });
        await RunAsync(stage, observations =>
        {
            observations.Deviated(Id, "too-long", "of another node", Stage.Noon.AddMinutes(-1));
            return Task.CompletedTask;
        });

        var rows = await table.ListAsync(Id, default);
        Assert.Equal(
            new DeviationRow("too-long", 6, Stage.Noon.AddMinutes(-1), Stage.Noon.AddSeconds(4), "of another node"), rows[0]);
        Assert.Equal(("null-member", 1L, 200), (rows[1].Rule, rows[1].Count, rows[1].Example.Length));

        await table.ForgetAsync(Id, default);
        Assert.Empty(await table.ListAsync(Id, default));
        Assert.Single(await table.ListAsync(Other, default));
    }

    [Fact]
    public async Task What_finds_no_place_is_dropped_and_counted()
    {
        await using var stage = await Stage.OnSqliteAsync();
        var observations = new Observations(stage.Stores.ReadModel, Small, TimeProvider.System, new Lines<Observations>());
        for (var n = 0; n < 10; n++) observations.Deviated(Id, $"rule-{n}", "x", Stage.Noon); // nobody writes
        observations.Deviated(Id, "rule-0", "x", Stage.Noon); // has its place already
        Assert.Equal(7, observations.Dropped);
    }

    [Fact]
    public async Task What_cannot_be_written_now_is_written_later()
    {
        await using var stage = await Stage.OnSqliteAsync();
        await ExecuteAsync(stage, "alter table deviations rename to away");
        var log = new Lines<Observations>();
        var observations = new Observations(stage.Stores.ReadModel, Small, TimeProvider.System, log);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var running = observations.RunAsync(stop.Token);
        observations.Deviated(Id, "too-long", "kept", Stage.Noon);
        Assert.True(await Eventually.Is(() => log.Count(LogLevel.Warning) > 0, TimeSpan.FromSeconds(30)));

        await ExecuteAsync(stage, "alter table away rename to deviations");
        observations.Deviated(Id, "too-long", "kept", Stage.Noon);
        await stop.CancelAsync();
        await running; // what is left is written at the end
        Assert.Equal(2, Assert.Single(await new DeviationTable(stage.Stores.ReadModel).ListAsync(Id, default)).Count);
        Assert.Equal(0, observations.Dropped);
    }

    [SkippableTheory]
    [MemberData(nameof(Backends.Both), MemberType = typeof(Backends))]
    public async Task The_door_knows_how_a_charger_is_to_be_heard_before_it_speaks(Backend backend)
    {
        await using var stage = await backends.OpenAsync(backend);
        var door = new Credentials(stage.Stores.ReadModel, stage.Clock);
        Assert.Null(await door.IntroducedAsync(Id, default));

        await stage.TellAsync(new RegisterChargePoint(
            Id, null, 1, 1, Registration.Accepted, UnknownTokens.Refuse, "ana", Stage.Noon, Strict: true, QuirkProfile: "acme"));
        await stage.TellAsync(new OpenSession(Id, "s-1", 0, "ocpp1.6", "akka://a", 1, "10.0.0.1:5", 1, Stage.Noon));
        await stage.TellAsync(new ReportBoot(Id, 1, new BootDetails("V", "M", FirmwareVersion: "1.2"), Stage.Noon));

        Assert.Equal(new Introduction(true, "acme", "V", "M", "1.2"), await door.IntroducedAsync(Id, default));
        var row = await stage.ChargePoints.FindAsync(Id, default);
        Assert.Equal((true, "acme"), (row!.Strict, row.QuirkProfile));
    }

    private static async Task RunAsync(Stage stage, Func<Observations, Task> observe)
    {
        var log = new Lines<Observations>();
        var observations = new Observations(stage.Stores.ReadModel, Small, TimeProvider.System, log);
        using var stop = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        var running = observations.RunAsync(stop.Token);
        await observe(observations);
        await stop.CancelAsync();
        await running;
        Assert.Equal("", log.ToString());
        Assert.Equal(0, observations.Dropped);
    }

    private static async Task ExecuteAsync(Stage stage, string sql)
    {
        await using var connection = await stage.Stores.ReadModel.OpenAsync(default);
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await command.ExecuteNonQueryAsync();
    }
}
