namespace Moovolt.Simulator.Tests;

/// <summary>What a charger does when the server calls it.</summary>
public sealed class CommandSpec
{
    private const string Station = "SIM-0001";
    private static ChargerBehaviour Waiting => Scene.Hurried with { Workload = Workload.Idle, SessionsEach = null, SessionLength = TimeSpan.FromMinutes(5) };

    [Fact]
    public async Task A_remote_start_begins_a_session_and_a_remote_stop_ends_it()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Waiting);
        await Scene.Until(() => fleet.Snapshot().Connected == 1);

        Assert.Equal("Accepted", await Status(scene, "RemoteStartTransaction", """{"idTag":"REMOTE","connectorId":1}"""));
        await Scene.Until(() => scene.Server.Of("MeterValues").Any());
        Assert.Equal("Rejected", await Status(scene, "RemoteStartTransaction", """{"idTag":"OTHER"}"""));
        Assert.Equal("REMOTE", scene.Server.Of("StartTransaction").Single().Text("idTag"));
        Assert.Equal("Rejected", await Status(scene, "RemoteStopTransaction", """{"transactionId":99}"""));
        Assert.Equal("Accepted", await Status(scene, "RemoteStopTransaction", """{"transactionId":1001}"""));
        await Scene.Until(() => scene.Server.Of("StopTransaction").Any());
        Assert.Equal("Remote", scene.Server.Of("StopTransaction").Single().Text("reason"));
    }

    [Theory]
    [InlineData("Soft", "SoftReset")]
    [InlineData("Hard", "HardReset")]
    public async Task A_reset_ends_the_session_and_boots_again(string kind, string reason)
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Waiting);
        await Scene.Until(() => fleet.Snapshot().Connected == 1);
        await Status(scene, "RemoteStartTransaction", """{"idTag":"REMOTE"}""");
        await Scene.Until(() => scene.Server.Of("MeterValues").Any());

        Assert.Equal("Accepted", await Status(scene, "Reset", $$"""{"type":"{{kind}}"}"""));
        await Scene.Until(() => scene.Server.Of("BootNotification").Count() == 2 && scene.Server.Of("StopTransaction").Any());
        Assert.Equal(reason, scene.Server.Of("StopTransaction").First().Text("reason"));
    }

    [Theory]
    [InlineData("UnlockConnector", """{"connectorId":1}""", "Unlocked")]
    [InlineData("UnlockConnector", """{"connectorId":5}""", "NotSupported")]
    [InlineData("ChangeAvailability", """{"connectorId":0,"type":"Inoperative"}""", "Accepted")]
    [InlineData("ChangeConfiguration", """{"key":"HeartbeatInterval","value":"60"}""", "Accepted")]
    [InlineData("ChangeConfiguration", """{"key":"HeartbeatInterval","value":"soon"}""", "Rejected")]
    [InlineData("ChangeConfiguration", """{"key":"NumberOfConnectors","value":"9"}""", "Rejected")]
    [InlineData("ChangeConfiguration", """{"key":"Colour","value":"9"}""", "NotSupported")]
    [InlineData("ClearCache", "{}", "Accepted")]
    [InlineData("DataTransfer", """{"vendorId":"x"}""", "UnknownVendorId")]
    [InlineData("DataTransfer", """{"vendorId":"Moovolt","data":"one"}""", "Accepted")]
    public async Task The_core_profile_is_answered(string action, string payload, string status)
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Waiting);
        await Scene.Until(() => fleet.Snapshot().Connected == 1);

        Assert.Equal(status, await Status(scene, action, payload));
    }

    [Fact]
    public async Task Configuration_is_told_and_what_is_not_known_is_named()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Waiting);
        await Scene.Until(() => fleet.Snapshot().Connected == 1);

        var answer = await scene.Server.Ask(Station, "GetConfiguration", """{"key":["NumberOfConnectors","Colour"]}""");

        Assert.Equal("""{"configurationKey":[{"key":"NumberOfConnectors","readonly":true,"value":"1"}],"unknownKey":["Colour"]}""",
            answer[2]!.ToJsonString());
    }

    [Fact]
    public async Task An_unknown_action_is_not_implemented()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Waiting);
        await Scene.Until(() => fleet.Snapshot().Connected == 1);

        var answer = await scene.Server.Ask(Station, "TriggerMessage", """{"requestedMessage":"Heartbeat"}""");

        Assert.Equal(4, (int?)answer[0]);
        Assert.Equal("NotImplemented", (string?)answer[2]);
    }

    [Fact]
    public async Task A_silent_charger_hears_a_call_and_does_not_answer()
    {
        await using var scene = await Scene.Start();
        await using var fleet = scene.Switch(Waiting with { Misbehaviour = new Misbehaviour { SilentToCalls = true } });
        await Scene.Until(() => fleet.Snapshot().Connected == 1);

        var answer = scene.Server.Ask(Station, "RemoteStartTransaction", """{"idTag":"REMOTE"}""");
        await Scene.Until(() => fleet.Snapshot().CallsHeard == 1);
        await fleet.Drain(Scene.Patience);

        Assert.False(answer.IsCompleted);
        Assert.Empty(scene.Server.Of("StartTransaction"));
    }

    private static async Task<string?> Status(Scene scene, string action, string payload) =>
        (string?)(await scene.Server.Ask(Station, action, payload))[2]!["status"];
}
