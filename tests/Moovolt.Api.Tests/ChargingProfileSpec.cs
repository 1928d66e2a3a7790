using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Api.Tests;

/// <summary>Charging profiles as operators write and read them.</summary>
public sealed class ChargingProfileSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private const string Profile =
        """{"purpose":"default","stackLevel":1,"kind":"relative","schedule":{"unit":"A","periods":[{"startSeconds":0,"limit":16},{"startSeconds":60,"limit":10.5,"phases":1}]}}""";

    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task What_was_set_is_read_in_the_words_that_it_was_written_in()
    {
        await bridge.Online("PROFILE-1", Takes);

        var said = await _operator.Post("charge-points/PROFILE-1/commands/set-charging-profile", $$"""{"evse":2,"profile":{{Profile}}}""");

        Assert.Equal((200, "accepted"), (said.Status, said.Text("state")));
        Assert.Equal(1, said["request"]!["profile"]!["id"]!.GetValue<int>());
        await bridge.Shown("charge-point/PROFILE-1");
        var item = Assert.Single((await _operator.Get("charge-points/PROFILE-1/charging-profiles"))["items"]!.AsArray())!;
        Assert.Equal((2, 1, said.Text("id")), (item["evse"]!.GetValue<int>(), item["connector"]!.GetValue<int>(), item["command"]!.GetValue<string>()));
        Assert.Equal("default", item["profile"]!["purpose"]!.GetValue<string>());
        Assert.Equal("A", item["profile"]!["schedule"]!["unit"]!.GetValue<string>());
        Assert.Equal(10.5, item["profile"]!["schedule"]!["periods"]![1]!["limit"]!.GetValue<double>());

        var cleared = await _operator.Post("charge-points/PROFILE-1/commands/clear-charging-profile", """{"evse":2,"purpose":"default"}""");
        Assert.Equal("accepted", cleared.Text("state"));
        await bridge.Shown("charge-point/PROFILE-1");
        Assert.Empty((await _operator.Get("charge-points/PROFILE-1/charging-profiles"))["items"]!.AsArray());
    }

    [Theory]
    [InlineData("set-charging-profile", """{"evse":1,"profile":{"purpose":"charge-point-max","stackLevel":0,"kind":"relative","schedule":{"unit":"A","periods":[{"startSeconds":0,"limit":16}]}}}""")]
    [InlineData("set-charging-profile", """{"profile":{"purpose":"default","stackLevel":0,"kind":"relative","schedule":{"unit":"A","periods":[{"startSeconds":1,"limit":16}]}}}""")]
    [InlineData("set-charging-profile", """{"evse":1,"profile":{"purpose":"transaction","transaction":"17","stackLevel":0,"kind":"relative","schedule":{"unit":"W","periods":[{"startSeconds":0,"limit":16}]}}}""")]
    [InlineData("start-charging", """{"token":"TAG","profile":{"purpose":"default","stackLevel":0,"kind":"relative","schedule":{"unit":"W","periods":[{"startSeconds":0,"limit":16}]}}}""")]
    [InlineData("clear-charging-profile", """{"connector":1}""")]
    [InlineData("get-composite-schedule", """{"evse":1,"durationSeconds":0}""")]
    public async Task What_breaks_a_rule_is_422_and_never_leaves(string verb, string body)
    {
        await bridge.Online("PROFILE-2", Takes);
        var calls = bridge.World.Calls.Count;

        var said = await _operator.Post($"charge-points/PROFILE-2/commands/{verb}", body);

        Assert.Equal(422, said.Status);
        Assert.Equal(calls, bridge.World.Calls.Count);
    }

    [Theory]
    [InlineData("""{"profile":{"purpose":"TxProfile","stackLevel":0,"kind":"relative","schedule":{"unit":"A","periods":[]}}}""")]
    [InlineData("""{"profile":{"purpose":"default","stackLevel":0,"kind":"relative","schedule":{"unit":"kW","periods":[]}}}""")]
    [InlineData("""{"profile":{"purpose":"default","stackLevel":0,"kind":"relative","colour":"red","schedule":{"unit":"A","periods":[]}}}""")]
    [InlineData("""{"profile":{"purpose":"default","stackLevel":0,"kind":"relative"}}""")]
    [InlineData("{}")]
    public async Task What_is_no_profile_is_400(string body)
    {
        await bridge.Online("PROFILE-3", Takes);

        Assert.Equal(400, (await _operator.Post("charge-points/PROFILE-3/commands/set-charging-profile", body)).Status);
    }

    [Fact]
    public async Task A_transaction_is_named_by_its_local_id_or_by_its_whole_id()
    {
        var id = await bridge.Online("PROFILE-4", Takes);
        var localId = await Charging.Begin(bridge, id);
        var body = Profile.Replace("\"default\"", $"\"transaction\",\"transaction\":\"PROFILE-4/{localId}\"", StringComparison.Ordinal);

        var said = await _operator.Post("charge-points/PROFILE-4/commands/set-charging-profile", $$"""{"evse":1,"profile":{{body}}}""");

        Assert.Equal(200, said.Status);
        Assert.Equal(localId, said["request"]!["profile"]!["transaction"]!.GetValue<string>());
    }

    [Fact]
    public async Task The_last_composite_schedule_is_read()
    {
        await bridge.Online("PROFILE-5", Takes);

        var said = await _operator.Post(
            "charge-points/PROFILE-5/commands/get-composite-schedule", """{"durationSeconds":600,"unit":"W"}""");

        Assert.Equal("""{"durationSeconds":600,"unit":"W"}""", said["request"]!.ToJsonString());
        await bridge.Shown("charge-point/PROFILE-5");
        var item = Assert.Single((await _operator.Get("charge-points/PROFILE-5/composite-schedules"))["items"]!.AsArray())!;
        Assert.Equal((0, "W"), (item["evse"]!.GetValue<int>(), item["schedule"]!["unit"]!.GetValue<string>()));
        Assert.Equal(404, (await _operator.Get("charge-points/NOBODY/composite-schedules")).Status);
        Assert.Equal(404, (await _operator.Get("charge-points/NOBODY/charging-profiles")).Status);
    }

    // What the dialect makes of a charger's yes.
    private static StationAnswer Takes(CallStation call) => new(RequestState.Accepted, """{"status":"Accepted"}""", Outcome: call.Request switch
    {
        SetChargingProfile set => new ProfileAccepted(set.Connector, set.Profile, null),
        ClearChargingProfile clear => new ProfilesCleared(clear.ProfileId, clear.Connector, clear.Purpose, clear.StackLevel),
        ReadCompositeSchedule read => new CompositeScheduleRead(
            read.Connector, DateTimeOffset.UnixEpoch, new ChargingSchedule(read.Unit ?? RateUnit.Amperes, 600, null, null, [new(0, 16)])),
        _ => null,
    });
}
