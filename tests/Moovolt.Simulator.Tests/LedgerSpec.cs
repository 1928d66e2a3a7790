using System.Collections.Concurrent;

namespace Moovolt.Simulator.Tests;

public sealed class LedgerSpec
{
    [Fact]
    public async Task What_is_acknowledged_is_on_disk_before_the_next_frame_is_sent()
    {
        await using var scene = await Scene.Start();
        var behind = new ConcurrentQueue<string>();
        var answered = new List<string>();
        scene.Server.React = call =>
        {
            var lines = scene.Lines("message").Select(line => ((string)line["msgId"]!, (string)line["outcome"]!)).ToHashSet();
            foreach (var id in answered.Where(id => !lines.Contains((id, "ok")))) behind.Enqueue(id);
            if (call.Action is not ("StartTransaction" or "MeterValues" or "StopTransaction")) return new Reaction.Usual();
            if (!lines.Contains((call.Id, "sent"))) behind.Enqueue(call.Id);
            answered.Add(call.Id); // one charger, one connection: nobody else is here
            return new Reaction.Usual();
        };
        await using var fleet = scene.Switch(Scene.Hurried with { CallTimeout = Scene.Patience });
        await fleet.Finished.WaitAsync(Scene.Patience);

        Assert.NotEmpty(answered);
        Assert.Empty(behind);
    }

    [Fact]
    public async Task The_truth_of_each_session_is_exact_to_the_watt_hour()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Scene.Hurried);
        await fleet.Finished.WaitAsync(Scene.Patience);

        var sessions = scene.Lines("session").ToArray();
        var starts = scene.Server.Of("StartTransaction").ToArray();
        var stops = scene.Server.Of("StopTransaction").ToArray();
        Assert.Equal(starts.Select(start => start.Number("meterStart")), sessions.Select(line => (int?)line["meterStart"]));
        Assert.Equal(stops.Select(stop => stop.Number("meterStop")), sessions.Select(line => (int?)line["meterStop"]));
        Assert.Equal(scene.Server.Of("MeterValues").Count(), sessions.Sum(line => (int)line["samples"]!));
        Assert.Equal((long)sessions[0]["meterStop"]!, (long)sessions[1]["meterStart"]!);
        Assert.All(sessions, line => Assert.True((long)line["meterStop"]! > (long)line["meterStart"]!));
    }

    [Fact]
    public async Task What_was_going_on_when_the_power_failed_is_told()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Scene.Hurried with { SessionLength = TimeSpan.FromMinutes(5) });
        await Scene.Until(() => scene.Server.Of("MeterValues").Any());
        await fleet.Stop();

        var session = scene.Lines("session").Single();
        Assert.Equal("running", (string?)session["state"]);
        Assert.Equal("1001", (string?)session["transactionId"]);
    }

    [Fact]
    public async Task What_the_server_asks_is_written_down_with_what_tells_it_from_others()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Scene.Hurried with { Workload = Workload.Idle });
        await Scene.Until(() => fleet.Snapshot().Connected == 1);
        await scene.Server.Ask("SIM-0001", "ClearCache", "{}");
        await scene.Server.Ask("SIM-0001", "DataTransfer", """{"vendorId":"x","data":"the third"}""");

        var line = Assert.Single(scene.Lines("line"));
        Assert.Equal(("SIM-0001", 1), ((string)line["station"]!, (int)line["epoch"]!));
        Assert.Equal(
            [("ClearCache", 1, null), ("DataTransfer", 1, "the third")],
            scene.Lines("call").Select(line => ((string)line["action"]!, (int)line["epoch"]!, (string?)line["mark"])));
        Assert.Equal(2, scene.Lines("call").Select(line => (string)line["msgId"]!).Distinct().Count());
    }

    [Fact]
    public async Task A_lost_answer_is_neither_yes_nor_no()
    {
        await using var scene = await Scene.Start();
        var starts = 0;
        scene.Server.React = call => (call.Action, call.Action == "StartTransaction" ? ++starts : 0) switch
        {
            ("StartTransaction", 1) => new Reaction.Swallow(),
            ("StartTransaction", 2) => new Reaction.Cut(),
            ("StartTransaction", 3) => new Reaction.Error("GenericError"),
            _ => new Reaction.Usual(),
        };
        await using var fleet = scene.Switch(Scene.Hurried with { SessionsEach = 1 });
        await fleet.Finished.WaitAsync(Scene.Patience);

        var outcomes = scene.Lines("message").Where(line => (string)line["action"]! == "StartTransaction")
            .Select(line => (string)line["outcome"]!).ToArray();
        Assert.Equal(["sent", "timeout", "sent", "closed", "sent", "callerror:GenericError", "sent", "ok"], outcomes);
        Assert.Equal([1, 1, 1, 1, 2, 2, 2, 2], scene.Lines("message").Where(line => (string)line["action"]! == "StartTransaction")
            .Select(line => (int)line["epoch"]!));
    }
}
