using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Api.Tests;

/// <summary>What operators see of a charger's configuration and availability.</summary>
public sealed class ConfigurationSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task A_charger_that_never_told_has_no_configuration_and_one_that_is_none_is_404()
    {
        await bridge.Online("CFG-1", Bridge.Willing);

        var known = await _operator.Get("charge-points/CFG-1/configuration");
        Assert.Equal("""{"readAt":null,"items":[],"unknown":[]}""", known.Body!.ToJsonString());
        Assert.Equal("""{"items":[],"next":null}""", (await _operator.Get("charge-points/CFG-1/configuration/changes")).Body!.ToJsonString());
        Assert.Equal(404, (await _operator.Get("charge-points/NOBODY/configuration")).Status);
        Assert.Equal(404, (await _operator.Get("charge-points/NOBODY/configuration/changes")).Status);
        Assert.Equal(400, (await _operator.Get("charge-points/CFG-1/configuration/changes?cursor=x")).Status);
    }

    [Fact]
    public async Task What_the_charger_told_is_shown_with_what_has_changed()
    {
        var told = new Queue<Outcome>(
        [
            new ConfigurationRead([ConfigurationItem.Of("HeartbeatInterval", "600", isReadonly: true)], ["Nope"]),
            new ConfigurationWritten(ConfigurationItem.Of("heartbeatinterval", "60"), RebootRequired: true),
        ]);
        await bridge.Online("CFG-2", _ => new StationAnswer(RequestState.Accepted, "{}", Outcome: told.Dequeue()));
        await _operator.Post("charge-points/CFG-2/commands/get-configuration");
        var written = await _operator.Post(
            "charge-points/CFG-2/commands/set-configuration", new { key = "heartbeatinterval", value = "60" });
        await bridge.Shown("charge-point/CFG-2");

        var known = await _operator.Get("charge-points/CFG-2/configuration");
        Assert.EndsWith("Z", known.Text("readAt"), StringComparison.Ordinal);
        Assert.Equal("""["Nope"]""", known["unknown"]!.ToJsonString());
        var item = Assert.Single(known["items"]!.AsArray())!;
        Assert.Equal("60", item["value"]!.GetValue<string>());
        Assert.True(item["rebootRequired"]!.GetValue<bool>());
        Assert.False(item["readonly"]!.GetValue<bool>());

        var change = Assert.Single((await _operator.Get("charge-points/CFG-2/configuration/changes"))["items"]!.AsArray())!;
        Assert.Equal(
            ("heartbeatinterval", "600", "60", "written", written.Text("id")),
            (Text("key"), Text("old"), Text("new"), Text("how"), Text("command")));

        string Text(string member) => change[member]!.GetValue<string>();
    }

    [Theory]
    [InlineData(
        "ocpp1.6", """[{"key":"HeartbeatInterval","value":"60"},{"key":"AKeyOfFiftyOneCharactersWhichIsOneMoreThanItMayHave","value":"1"}]""",
        "AKeyOfFiftyOneCharactersWhichIsOneMoreThanItMayHave: key must have at most 50 characters, and has 51.")]
    [InlineData(
        "ocpp2.0.1", """[{"key":"HeartbeatInterval","value":"60"},{"key":"OCPPCommCtrlr.HeartbeatInterval","value":"60"}]""",
        "HeartbeatInterval: OCPP 2.x names a variable of a component, such as OCPPCommCtrlr.HeartbeatInterval; 'HeartbeatInterval' names none.")]
    public async Task Of_several_keys_the_one_that_cannot_be_set_is_named_and_none_is(string protocol, string settings, string reason)
    {
        var id = $"CFG-MANY-{protocol}";
        await bridge.Online(id, Bridge.Willing, protocol);
        var before = bridge.World.Calls.Count;

        var said = await _operator.Post($"charge-points/{id}/commands/set-configuration", $$"""{"settings":{{settings}}}""");

        Assert.Equal(422, said.Status);
        Assert.Equal(reason, Assert.Single(said["reasons"]!.AsArray())!.GetValue<string>());
        Assert.Equal(before, bridge.World.Calls.Count);
    }

    [Theory]
    [InlineData("commands/set-configuration", """{"key":"FtpPassword","value":"x"}""")]
    [InlineData("calls/ChangeConfiguration", """{"key":"FtpPassword","value":"x"}""")]
    public async Task A_password_is_never_asked_of_a_charger_so(string path, string body)
    {
        await bridge.Online("CFG-3", Bridge.Willing);

        Assert.Equal(422, (await _operator.Post($"charge-points/CFG-3/{path}", body)).Status);
    }

    [Fact]
    public async Task A_connector_shows_whether_it_is_wished_to_be_in_service_and_whether_that_is_still_to_come()
    {
        var id = await bridge.Online("CFG-4", _ => new StationAnswer(
            RequestState.Accepted, "{}", Outcome: new AvailabilityScheduled(new(1, 1), Operative: false)));
        await bridge.Ask(new ReportStatus(id, 1, new(1, 1), new ConnectorStatus("Charging", "NoError"), null, DateTimeOffset.UtcNow));
        await _operator.Post("charge-points/CFG-4/commands/change-availability", new { operative = false, evse = 1 });
        await bridge.Shown("charge-point/CFG-4");

        var plug = (await _operator.Get("charge-points/CFG-4"))["connectors"]![0]!;

        Assert.Equal("inoperative", plug["wishedAvailability"]!.GetValue<string>());
        Assert.True(plug["scheduled"]!.GetValue<bool>());
    }

    [Theory]
    [InlineData("ocpp2.0.1", "OCPPCommCtrlr.MessageAttemptInterval(TransactionEvent)", 5, 200)]
    [InlineData("ocpp2.0.1", "AuthCtrlr.MasterPassGroupId", 1_000, 200)]
    [InlineData("ocpp2.0.1", "AuthCtrlr.MasterPassGroupId", 1_001, 422)]
    [InlineData("ocpp2.1", "AuthCtrlr.MasterPassGroupId", 2_500, 200)]
    [InlineData("ocpp2.1", "AuthCtrlr.MasterPassGroupId", 2_501, 422)]
    [InlineData("ocpp1.6", "MasterPassGroupId", 500, 200)]
    [InlineData("ocpp1.6", "MasterPassGroupId", 501, 422)]
    [InlineData("ocpp1.6", "AKeyOfFiftyOneCharactersWhichIsOneMoreThanItMayHave", 5, 422)]
    public async Task A_key_and_its_value_are_as_long_as_the_chargers_version_has_them(string protocol, string key, int length, int status)
    {
        var id = $"CFG-{protocol}";
        await bridge.Online(id, Bridge.Willing, protocol);

        var said = await _operator.Post($"charge-points/{id}/commands/set-configuration", new { key, value = new string('x', length) });

        Assert.Equal(status, said.Status);
    }
}
