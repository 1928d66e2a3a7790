using System.Text;

namespace Moovolt.Simulator.Tests;

public sealed class ChargerSpec
{
    private static readonly string[] TransactionActions = ["StartTransaction", "MeterValues", "StopTransaction"];

    [Fact]
    public async Task A_day_begins_with_a_boot_and_holds_whole_sessions()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Scene.Hurried);
        await fleet.Finished.WaitAsync(Scene.Patience);

        Assert.Equal("BootNotification", scene.Server.Calls.First().Action);
        Assert.Equal(2, scene.Server.Of("StartTransaction").Count());
        Assert.Equal(2, scene.Server.Of("StopTransaction").Count());
        Assert.NotEmpty(scene.Server.Of("MeterValues"));
        Assert.Equal(["Available", "Preparing", "Charging", "Finishing"],
            scene.Server.Of("StatusNotification").Select(call => call.Text("status")!).Take(4));
    }

    [Fact]
    public async Task The_transactions_number_is_what_the_server_said()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Scene.Hurried);
        await fleet.Finished.WaitAsync(Scene.Patience);

        Assert.Equal([1001, 1002], scene.Server.Of("StopTransaction").Select(stop => stop.Number("transactionId")!.Value));
        Assert.All(scene.Server.Of("MeterValues"), sample => Assert.InRange(sample.Number("transactionId")!.Value, 1001, 1002));
    }

    [Fact]
    public async Task What_was_not_acknowledged_is_said_again_until_it_is()
    {
        await using var scene = await Scene.Start();
        var cuts = 0;
        scene.Server.React = call =>
            TransactionActions.Contains(call.Action) && Interlocked.Increment(ref cuts) % 2 == 1 ? new Reaction.Cut() : new Reaction.Usual();
        await using var fleet = scene.Switch(Scene.Hurried);
        await fleet.Finished.WaitAsync(Scene.Patience);

        var sent = scene.Lines("message").Where(line => (string)line["outcome"]! == "sent").ToArray();
        var said = sent.Select(line => (string)line["bizKey"]!).ToHashSet();
        var acknowledged = scene.Lines("message").Where(line => (string)line["outcome"]! == "ok").Select(line => (string)line["bizKey"]!);
        Assert.True(sent.Length > said.Count, "Nothing was said twice.");
        Assert.Equal(said.Order(), acknowledged.Order());
        Assert.True(fleet.Snapshot().Reconnects > 0);
        Assert.Equal(0, fleet.Snapshot().Contradictions);
    }

    [Fact]
    public async Task Messages_come_in_the_order_in_which_things_happened()
    {
        await using var scene = await Scene.Start();
        var calls = 0;
        scene.Server.React = _ => (Interlocked.Increment(ref calls) % 7) switch
        {
            3 => new Reaction.Cut(),
            5 => new Reaction.Swallow(),
            _ => new Reaction.Usual(),
        };
        await using var fleet = scene.Switch(Scene.Hurried);
        await fleet.Finished.WaitAsync(Scene.Patience);

        var first = scene.Server.Calls.Where(call => TransactionActions.Contains(call.Action))
            .Select(call => call.Payload.ToJsonString()).Distinct().ToArray();
        var truth = scene.Lines("message").Where(line => (string)line["outcome"]! == "ok").ToArray();
        Assert.Equal(truth.Length, first.Length);
        var meters = truth.Select(line => (long)line["meterWh"]!).ToArray();
        Assert.Equal(meters.Order(), meters);
        Assert.Equal(["StartTransaction", "StopTransaction", "StartTransaction", "StopTransaction"],
            truth.Select(line => (string)line["action"]!).Where(action => action != "MeterValues"));
    }

    [Fact]
    public async Task A_session_that_began_offline_waits_for_its_number()
    {
        await using var scene = await Scene.Start();
        scene.Server.React = call =>
        {
            if (call.Action == "Authorize") scene.Server.Open = false;
            return call.Action == "Authorize" ? new Reaction.Cut() : new Reaction.Usual();
        };
        await using var fleet = scene.Switch(Scene.Hurried with { SessionsEach = 1 });
        await Scene.Until(() => scene.Lines("session").Any());
        Assert.Empty(scene.Server.Of("StartTransaction"));
        scene.Server.Open = true;
        await fleet.Finished.WaitAsync(Scene.Patience);

        Assert.Equal(1001, scene.Server.Of("StopTransaction").Single().Number("transactionId"));
        Assert.All(scene.Server.Of("MeterValues"), sample => Assert.Equal(1001, sample.Number("transactionId")));
        Assert.Null((string?)scene.Lines("session").Single()["transactionId"]);
    }

    [Theory]
    [InlineData(true, 1)]
    [InlineData(false, 2)]
    public async Task A_repeat_has_the_id_that_its_maker_likes(bool keeps, int ids)
    {
        await using var scene = await Scene.Start();
        var starts = 0;
        scene.Server.React = call =>
            call.Action == "StartTransaction" && ++starts == 1 ? new Reaction.Swallow() : new Reaction.Usual();
        await using var fleet = scene.Switch(Scene.Hurried with { SessionsEach = 1, KeepsMessageIds = keeps });
        await fleet.Finished.WaitAsync(Scene.Patience);

        Assert.Equal(2, scene.Server.Of("StartTransaction").Count());
        Assert.Equal(ids, scene.Server.Of("StartTransaction").Select(start => start.Id).Distinct().Count());
        Assert.Single(scene.Server.Of("StartTransaction").Select(start => start.Payload.ToJsonString()).Distinct());
    }

    [Fact]
    public async Task A_driver_whom_the_server_does_not_want_is_stopped()
    {
        await using var scene = await Scene.Start();
        scene.Server.React = call => call.Action == "StartTransaction"
            ? new Reaction.Other("""{"transactionId":7,"idTagInfo":{"status":"Blocked"}}""")
            : new Reaction.Usual();
        await using var fleet = scene.Switch(Scene.Hurried with { SessionsEach = 1, SessionLength = TimeSpan.FromMinutes(5) });
        await fleet.Finished.WaitAsync(Scene.Patience);

        Assert.Equal("DeAuthorized", scene.Server.Of("StopTransaction").Single().Text("reason"));
    }

    [Fact]
    public async Task A_message_that_is_refused_too_often_is_given_up_and_its_stop_names_nobody()
    {
        await using var scene = await Scene.Start();
        scene.Server.React = call =>
            call.Action == "StartTransaction" ? new Reaction.Error("InternalError") : new Reaction.Usual();
        await using var fleet = scene.Switch(Scene.Hurried with { SessionsEach = 1, Attempts = 3 });
        await fleet.Finished.WaitAsync(Scene.Patience);

        Assert.Equal(3, scene.Server.Of("StartTransaction").Count());
        Assert.Equal(-1, scene.Server.Of("StopTransaction").Single().Number("transactionId"));
        Assert.Equal(1, fleet.Snapshot().GivenUp);
        Assert.Equal(3, scene.Lines("message").Count(line => (string)line["outcome"]! == "callerror:InternalError"));
    }

    [Fact]
    public async Task The_next_node_is_dialled_when_one_is_lost()
    {
        await using var scene = await Scene.Start();
        await using var other = await CannedServer.Start();
        scene.Server.React = call => call.Action == "MeterValues" ? new Reaction.Cut() : new Reaction.Usual();
        await using var fleet = scene.Switch(
            Scene.Hurried with { SessionsEach = 1 }, with: plan => plan with { Nodes = [scene.Server.Address, other.Address] });
        await fleet.Finished.WaitAsync(Scene.Patience);

        Assert.Single(scene.Server.Of("StartTransaction"));
        Assert.NotEmpty(other.Of("MeterValues"));
        Assert.Empty(other.Of("BootNotification"));
    }

    [Fact]
    public async Task A_password_is_sent_as_HTTP_Basic_with_the_identity()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Scene.Hurried, with: plan => plan with { Prefix = "A B-", Password = "sesame" });
        await fleet.Finished.WaitAsync(Scene.Patience);

        Assert.Equal($"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes("A B-0001:sesame"))}", scene.Server.Credentials.First());
        Assert.Equal("A B-0001", scene.Server.Calls.First().Station);
    }

    [Fact]
    public async Task Nonsense_repeats_and_replays_are_sent_on_request()
    {
        await using var scene = await Scene.Start();
        var cut = 0;
        scene.Server.React = call =>
            call.Action == "StopTransaction" && Interlocked.Increment(ref cut) == 1 ? new Reaction.Cut() : new Reaction.Usual();
        await using var fleet = scene.Switch(Scene.Hurried with
        {
            Misbehaviour = new Misbehaviour { OddFrames = 1, Duplicates = 1, Replays = 2 },
        });
        await fleet.Finished.WaitAsync(Scene.Patience);

        Assert.NotEmpty(scene.Server.Nonsense);
        Assert.True(scene.Server.Of("StartTransaction").Count() >= 4);
        var acknowledged = scene.Lines("message").Where(line => (string)line["outcome"]! == "ok").ToArray();
        Assert.Equal(fleet.Snapshot().Acknowledged, acknowledged.Select(line => (string)line["bizKey"]!).Distinct().Count());
    }
}
