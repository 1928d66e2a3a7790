using System.Text.Json.Nodes;

namespace Moovolt.Simulator.Tests;

/// <summary>What a charger of OCPP 2.0.1 or 2.1 does when the server calls it.</summary>
public sealed class SteppedCommandSpec
{
    private const string Station = "SIM-0001";

    private const string RemoteStart =
        """{"idToken":{"idToken":"REMOTE","type":"Central"},"remoteStartId":42,"evseId":1}""";

    private static ChargerBehaviour Waiting => Scene.Hurried with
    {
        Workload = Workload.Idle, SessionsEach = null, SessionLength = TimeSpan.FromMinutes(5),
    };

    [Theory]
    [MemberData(nameof(SteppedChargerSpec.Versions), MemberType = typeof(SteppedChargerSpec))]
    public async Task A_remote_start_begins_a_transaction_under_its_number_and_a_remote_stop_ends_it(Protocol version)
    {
        await using var scene = await Scene.Start();
        await using var fleet = await Switch(scene, version);

        Assert.Equal("Accepted", await Status(scene, "RequestStartTransaction", RemoteStart));
        await Scene.Until(() => SteppedChargerSpec.Steps(scene).Any(step => step.Text("eventType") == "Updated"));
        Assert.Equal("Rejected", await Status(scene, "RequestStartTransaction", RemoteStart));
        var begun = SteppedChargerSpec.Steps(scene).First();
        Assert.Equal((42, "RemoteStart"), ((int?)begun.Payload["transactionInfo"]!["remoteStartId"], begun.Text("triggerReason")));
        Assert.Equal("REMOTE", (string?)begun.Payload["idToken"]!["idToken"]);

        var id = SteppedChargerSpec.Transaction(begun);
        Assert.True((bool?)(await Ask(scene, "GetTransactionStatus", $$"""{"transactionId":"{{id}}"}"""))["ongoingIndicator"]);
        Assert.Equal("Rejected", await Status(scene, "RequestStopTransaction", """{"transactionId":"another"}"""));
        Assert.Equal("Accepted", await Status(scene, "RequestStopTransaction", $$"""{"transactionId":"{{id}}"}"""));
        await Scene.Until(() => SteppedChargerSpec.Steps(scene).Any(step => step.Text("eventType") == "Ended"));
        var ended = SteppedChargerSpec.Steps(scene).Last();
        Assert.Equal(("RemoteStop", "Remote"), (ended.Text("triggerReason"), (string?)ended.Payload["transactionInfo"]!["stoppedReason"]));

        await Scene.Until(() => fleet.Snapshot().Pending == 0);
        var over = await Ask(scene, "GetTransactionStatus", $$"""{"transactionId":"{{id}}"}""");
        Assert.Equal((false, false), ((bool?)over["ongoingIndicator"], (bool?)over["messagesInQueue"]));
    }

    [Fact]
    public async Task What_is_still_to_be_told_is_said_when_it_is_asked_for()
    {
        await using var scene = await Scene.Start();
        await using var fleet = await Switch(scene, Protocol.Ocpp201);
        scene.Server.React = call => call.Action == "TransactionEvent" ? new Reaction.Swallow() : new Reaction.Usual();
        await Status(scene, "RequestStartTransaction", RemoteStart);
        await Scene.Until(() => SteppedChargerSpec.Steps(scene).Any());

        Assert.True((bool?)(await Ask(scene, "GetTransactionStatus", "{}"))["messagesInQueue"]);
    }

    [Fact]
    public async Task A_reset_at_once_ends_the_transaction_and_boots_again_and_one_on_idle_waits()
    {
        await using var scene = await Scene.Start();
        await using var fleet = await Switch(scene, Protocol.Ocpp201);
        await Status(scene, "RequestStartTransaction", RemoteStart);
        await Scene.Until(() => SteppedChargerSpec.Steps(scene).Any());

        Assert.Equal("Scheduled", await Status(scene, "Reset", """{"type":"OnIdle"}"""));
        Assert.Single(scene.Server.Of("BootNotification"));
        Assert.Equal("Accepted", await Status(scene, "Reset", """{"type":"Immediate"}"""));
        await Scene.Until(() => scene.Server.Of("BootNotification").Count() >= 2
            && SteppedChargerSpec.Steps(scene).Any(step => step.Text("eventType") == "Ended"));
        Assert.Equal("RemoteReset", scene.Server.Of("BootNotification").Last().Text("reason"));
        Assert.Equal("ResetCommand", SteppedChargerSpec.Steps(scene).Last().Text("triggerReason"));
    }

    [Theory]
    [InlineData("UnlockConnector", """{"evseId":1,"connectorId":1}""", "Unlocked")]
    [InlineData("UnlockConnector", """{"evseId":5,"connectorId":1}""", "UnknownConnector")]
    [InlineData("ChangeAvailability", """{"operationalStatus":"Inoperative"}""", "Accepted")]
    [InlineData("ChangeAvailability", """{"operationalStatus":"Inoperative","evse":{"id":9}}""", "Rejected")]
    [InlineData("GetBaseReport", """{"requestId":7,"reportBase":"FullInventory"}""", "Accepted")]
    [InlineData("ClearCache", "{}", "Accepted")]
    [InlineData("DataTransfer", """{"vendorId":"x"}""", "UnknownVendorId")]
    [InlineData("DataTransfer", """{"vendorId":"Moovolt","data":"one"}""", "Accepted")]
    public async Task What_a_charger_can_do_is_answered(string action, string payload, string status)
    {
        await using var scene = await Scene.Start();
        await using var fleet = await Switch(scene, Protocol.Ocpp201);

        Assert.Equal(status, await Status(scene, action, payload));
        if (action != "GetBaseReport") return;
        await Scene.Until(() => scene.Server.Of("NotifyReport").Any());
        Assert.Equal(4, scene.Server.Of("NotifyReport").Single().Payload["reportData"]!.AsArray().Count);
    }

    [Fact]
    public async Task Variables_are_told_and_set_and_what_is_not_known_is_said()
    {
        await using var scene = await Scene.Start();
        await using var fleet = await Switch(scene, Protocol.Ocpp21);
        const string known = """{"component":{"name":"OCPPCommCtrlr"},"variable":{"name":"HeartbeatInterval"}""";
        const string unknown = """{"component":{"name":"OCPPCommCtrlr"},"variable":{"name":"Colour"}""";

        var set = await Ask(scene, "SetVariables", $$"""{"setVariableData":[{{known}},"attributeValue":"60"},{{unknown}},"attributeValue":"1"}]}""");
        Assert.Equal(["Accepted", "UnknownVariable"], set["setVariableResult"]!.AsArray().Select(one => (string)one!["attributeStatus"]!));
        var told = await Ask(scene, "GetVariables", $$"""{"getVariableData":[{{known}}},{{unknown}}}]}""");
        Assert.Equal(
            $$"""{"getVariableResult":[{"attributeStatus":"Accepted","attributeValue":"60",{{known[1..]}}},{"attributeStatus":"UnknownVariable",{{unknown[1..]}}}]}""",
            told.ToJsonString());
    }

    [Fact]
    public async Task An_unknown_action_is_not_implemented_and_the_frames_of_21_are_taken()
    {
        await using var scene = await Scene.Start();
        await using var fleet = await Switch(scene, Protocol.Ocpp21);
        await scene.Server.Tell(Station, """[6,"s1","NotifyPeriodicEventStream",{}]""");
        await scene.Server.Tell(Station, """[5,"s2","FormatViolation","",{}]""");
        await Scene.Until(() => fleet.Snapshot() is { CallsHeard: 1, Complaints: 1 });

        Assert.Equal("NotImplemented", (string?)(await scene.Server.Ask(Station, "SetNetworkProfile", "{}"))[2]);
        Assert.Equal(0, fleet.Snapshot().Nonsense);
        Assert.Equal(1, fleet.Snapshot().Connected);
    }

    private static async Task<Fleet> Switch(Scene scene, Protocol version)
    {
        var fleet = SteppedChargerSpec.Switch(scene, version, Waiting);
        await Scene.Until(() => fleet.Snapshot().Connected == 1);
        return fleet;
    }

    private static async Task<JsonNode> Ask(Scene scene, string action, string payload) =>
        (await scene.Server.Ask(Station, action, payload))[2]!;

    private static async Task<string?> Status(Scene scene, string action, string payload) =>
        (string?)(await Ask(scene, action, payload))["status"];
}
