namespace Moovolt.Simulator.Tests;

public sealed class FleetSpec
{
    [Fact]
    public async Task Two_hundred_chargers_live_in_one_process()
    {
        await using var scene = await Scene.Start();
        var calls = 0;
        scene.Server.React = _ => Interlocked.Increment(ref calls) % 100 == 0 ? new Reaction.Cut() : new Reaction.Usual();
        await using var fleet = scene.Switch(Scene.Hurried, chargers: 200);
        await fleet.Finished.WaitAsync(TimeSpan.FromSeconds(60));

        var seen = fleet.Snapshot();
        Assert.Equal(400, seen.Sessions);
        Assert.Equal(0, seen.Pending);
        Assert.Equal(0, seen.Contradictions);
        var acknowledged = scene.Lines("message").Where(line => (string)line["outcome"]! == "ok")
            .Select(line => ((string)line["station"]!, (string)line["bizKey"]!)).ToHashSet();
        Assert.Equal(seen.Acknowledged, acknowledged.Count);
        Assert.Equal(400, acknowledged.Count(message => message.Item2.StartsWith("stop|", StringComparison.Ordinal)));
        Assert.Equal(200, acknowledged.Select(message => message.Item1).Distinct().Count());
        Assert.True(seen.Transactions.P50Ms > 0 && seen.Transactions.P50Ms <= seen.Transactions.P99Ms);
    }

    [Fact]
    public async Task A_closed_loop_sends_nothing_but_transaction_messages_as_fast_as_they_are_answered()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(
            new ChargerBehaviour { Workload = Workload.ClosedLoop, SessionsEach = 50 }, chargers: 4);
        await fleet.Finished.WaitAsync(Scene.Patience);

        Assert.Equal(4 * 50 * 6, fleet.Snapshot().Acknowledged);
        Assert.Empty(scene.Server.Of("Authorize"));
        Assert.Empty(scene.Server.Of("StatusNotification"));
        Assert.All(scene.Server.Of("StartTransaction").GroupBy(start => start.Station), station =>
            Assert.Equal(50, station.Select(start => start.Text("timestamp")).Distinct().Count()));
    }

    [Fact]
    public async Task A_rate_is_not_exceeded()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(
            new ChargerBehaviour { Workload = Workload.ClosedLoop }, chargers: 8, with: plan => plan with { Rate = 100 });
        await Task.Delay(1_500);

        Assert.InRange(fleet.Snapshot().Acknowledged, 20, 160);
    }

    [Fact]
    public async Task A_drain_stops_what_is_running_and_waits_for_its_acknowledgement()
    {
        await using var scene = await Scene.Start();
        scene.Server.React = call => call.Action == "StopTransaction" ? new Reaction.Late(TimeSpan.FromMilliseconds(100)) : new Reaction.Usual();
        await using var fleet = scene.Switch(Scene.Hurried with { SessionLength = TimeSpan.FromMinutes(5) }, chargers: 5);
        await Scene.Until(() => scene.Server.Of("MeterValues").DistinctBy(call => call.Station).Count() == 5);

        Assert.True(await fleet.Drain(Scene.Patience));
        Assert.Equal(5, scene.Lines("message").Count(line =>
            ((string)line["action"]!, (string)line["outcome"]!) == ("StopTransaction", "ok")));
    }

    [Fact]
    public async Task A_cut_line_comes_back_by_itself()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Scene.Hurried with { Workload = Workload.Idle }, chargers: 10);
        await Scene.Until(() => fleet.Snapshot().Connected == 10);
        foreach (var charger in fleet.Chargers) charger.CutLine();
        await Scene.Until(() => fleet.Snapshot() is { Connected: 10, Reconnects: 10 });

        Assert.Equal(10, scene.Server.Of("BootNotification").Count());
    }

    [Fact]
    public async Task A_fleet_whose_ledger_fails_says_so_and_does_not_go_on()
    {
        if (!File.Exists("/dev/full")) return; // a file that is always full: Linux has one
        await using var server = await CannedServer.Start();
        var fleet = Assert.Throws<LedgerException>(() =>
            Fleet.Start(new FleetPlan { Nodes = [server.Address], LedgerPath = "/dev/full" }));

        Assert.Contains("/dev/full", fleet.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("http://127.0.0.1/ocpp", 1, "SIM-", "ws://")]
    [InlineData("ws://127.0.0.1/ocpp", 0, "SIM-", "number of chargers")]
    [InlineData("ws://127.0.0.1/ocpp", 1, "a/b", "no identity")]
    [InlineData("ws://127.0.0.1/ocpp", 100_000, "SIM-", "100000 chargers need")]
    public void A_plan_that_cannot_be_carried_out_is_refused_with_a_sentence(string url, int chargers, string prefix, string says)
    {
        var plan = new FleetPlan { Nodes = [new Uri(url)], Chargers = chargers, Prefix = prefix };

        Assert.Contains(says, Assert.Throws<ArgumentException>(() => Fleet.Start(plan)).Message, StringComparison.Ordinal);
    }
}
