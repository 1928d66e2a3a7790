using System.Text.Json.Nodes;

namespace Moovolt.Simulator.Tests;

/// <summary>A charger that numbers what it tells of a transaction: OCPP 2.0.1 and 2.1.</summary>
public sealed class SteppedChargerSpec
{
    public static TheoryData<Protocol> Versions => [Protocol.Ocpp201, Protocol.Ocpp21];

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_day_begins_with_a_boot_and_holds_whole_transactions(Protocol version)
    {
        await using var scene = await Scene.Start();
        await using var fleet = Switch(scene, version, Scene.Hurried);
        await fleet.Finished.WaitAsync(Scene.Patience);

        var boot = scene.Server.Calls.First();
        Assert.Equal((version.Subprotocol(), "BootNotification", "PowerUp"), (boot.Protocol, boot.Action, boot.Text("reason")));
        Assert.Equal(["Available", "Occupied", "Available", "Occupied"],
            scene.Server.Of("StatusNotification").Select(call => call.Text("connectorStatus")!).Take(4));
        var transactions = Steps(scene).GroupBy(Transaction).ToArray();
        Assert.Equal(2, transactions.Length);
        foreach (var steps in transactions)
        {
            Assert.Equal(Enumerable.Range(0, steps.Count()), steps.Select(step => step.Number("seqNo")!.Value));
            Assert.Equal("Started", steps.First().Text("eventType"));
            Assert.Equal("Ended", steps.Last().Text("eventType"));
            Assert.All(steps.Skip(1).SkipLast(1), step => Assert.Equal("Updated", step.Text("eventType")));
            Assert.Equal("DRIVER-0001", (string?)steps.First().Payload["idToken"]!["idToken"]);
            Assert.All(steps, step => Assert.Null(step.Payload["offline"]));
        }

        var truth = scene.Lines("session").Select(line => (Id: (string)line["transactionId"]!, From: (long)line["meterStart"]!, To: (long)line["meterStop"]!));
        Assert.Equal(
            transactions.Select(steps => (Id: steps.Key, From: Register(steps.First()), To: Register(steps.Last()))), truth);
        Assert.All(truth, session => Assert.True(session.To > session.From));
    }

    [Theory]
    [MemberData(nameof(Versions))]
    public async Task A_step_that_was_not_acknowledged_is_told_again_with_its_number_under_a_new_message_id(Protocol version)
    {
        await using var scene = await Scene.Start();
        var calls = 0;
        scene.Server.React = call => (call.Action == "TransactionEvent" ? Interlocked.Increment(ref calls) % 5 : 0) switch
        {
            1 => new Reaction.Cut(),
            3 => new Reaction.Swallow(),
            _ => new Reaction.Usual(),
        };
        await using var fleet = Switch(scene, version, Scene.Hurried);
        await fleet.Finished.WaitAsync(Scene.Patience);

        var told = Steps(scene).GroupBy(step => (Transaction(step), step.Number("seqNo"))).ToArray();
        Assert.Contains(told, step => step.Count() > 1);
        Assert.All(told, step => Assert.Single(step.Select(one => one.Payload.ToJsonString()).Distinct()));
        Assert.Equal(Steps(scene).Count(), Steps(scene).Select(step => step.Id).Distinct().Count());
        var acknowledged = scene.Lines("message").Where(line => (string)line["outcome"]! == "ok").ToArray();
        Assert.Equal(
            told.Select(step => $"{step.Key.Item1}|{step.Key.Item2}").Order(),
            acknowledged.Select(line => $"{line["transactionId"]}|{line["seqNo"]}").Distinct().Order());
        Assert.All(acknowledged, line => Assert.Equal(version.Subprotocol(), (string?)line["protocol"]));
        Assert.Equal(acknowledged.Select(line => (string)line["at"]!).Distinct().Count(), told.Length);
    }

    [Fact]
    public async Task A_transaction_that_happens_offline_is_told_later_in_order_and_as_such()
    {
        await using var scene = await Scene.Start();
        scene.Server.React = call =>
        {
            if (call.Action == "Authorize") scene.Server.Open = false;
            return call.Action == "Authorize" ? new Reaction.Cut() : new Reaction.Usual();
        };
        await using var fleet = Switch(scene, Protocol.Ocpp201, Scene.Hurried with { SessionsEach = 1 });
        await Scene.Until(() => scene.Lines("session").Any());
        Assert.Empty(Steps(scene));
        scene.Server.Open = true;
        await fleet.Finished.WaitAsync(Scene.Patience);

        Assert.All(Steps(scene), step => Assert.True((bool?)step.Payload["offline"]));
        Assert.Equal(Enumerable.Range(0, Steps(scene).Count()), Steps(scene).Select(step => step.Number("seqNo")!.Value));
        Assert.Equal(Transaction(Steps(scene).First()), (string?)scene.Lines("session").Single()["transactionId"]);
    }

    [Fact]
    public async Task A_driver_whom_the_server_does_not_want_is_stopped()
    {
        await using var scene = await Scene.Start();
        scene.Server.React = call => call.Text("eventType") == "Started"
            ? new Reaction.Other("""{"idTokenInfo":{"status":"Blocked"}}""")
            : new Reaction.Usual();
        await using var fleet = Switch(
            scene, Protocol.Ocpp201, Scene.Hurried with { SessionsEach = 1, SessionLength = TimeSpan.FromMinutes(5) });
        await fleet.Finished.WaitAsync(Scene.Patience);

        var end = Steps(scene).Last();
        Assert.Equal("Deauthorized", end.Text("triggerReason"));
        Assert.Equal("DeAuthorized", (string?)end.Payload["transactionInfo"]!["stoppedReason"]);
    }

    internal static Fleet Switch(Scene scene, Protocol version, ChargerBehaviour behaviour) =>
        scene.Switch(behaviour, with: plan => plan with { Protocols = [version] });

    internal static IEnumerable<Received> Steps(Scene scene) => scene.Server.Of("TransactionEvent");

    internal static string Transaction(Received step) => (string)step.Payload["transactionInfo"]!["transactionId"]!;

    private static long Register(Received step)
    {
        var sampled = step.Payload["meterValue"]![0]!["sampledValue"]![0]!;
        Assert.Equal("Wh", (string?)sampled["unitOfMeasure"]!["unit"]);
        return sampled["value"]!.AsValue().GetValue<long>();
    }
}
