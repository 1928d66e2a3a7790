using System.Net;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Steps;

/// <summary>Streams of monitored values, swaps of batteries, and limits that a charger pulls (OCPP 2.1).</summary>
public sealed class StreamSpec(OneNode fixture) : IClassFixture<OneNode>
{
    private const string Version = "ocpp2.1";

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private Api Api => fixture.Node.Api;

    [Fact]
    public async Task OpenPeriodicEventStream_opens_a_stream_and_ClosePeriodicEventStream_ends_it()
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, "STREAM-OPEN", Version);
        Assert.Equal("Accepted", await Open(charger, 7));
        var opened = await Stream(charger, 7, stream => stream["closedAt"] is null);
        Assert.Equal((3, 30), (opened["monitor"]!.GetValue<int>(), opened["intervalSeconds"]!.GetValue<int>()));

        Charging.Result(await charger.Call("ClosePeriodicEventStream", new { id = 7 }));
        await Stream(charger, 7, stream => stream["closedAt"] is not null);
    }

    [Fact]
    public async Task OpenPeriodicEventStream_is_rejected_beyond_what_is_taken()
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, "STREAM-MANY", Version);
        for (var stream = 0; stream < 64; stream++) Assert.Equal("Accepted", await Open(charger, stream));
        Assert.Equal("Rejected", await Open(charger, 64));
        Assert.Equal("Accepted", await Open(charger, 63)); // told again
    }

    [Fact]
    public async Task NotifyPeriodicEventStream_is_kept_and_not_answered()
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, "STREAM-VALUES", Version);
        await Open(charger, 7);
        await charger.Send("""
            [6,"s1","NotifyPeriodicEventStream",{"id":7,"pending":0,"basetime":"2026-01-01T12:00:00Z","data":[{"t":0,"v":"230.1"},{"t":2.5,"v":"230.4"}]}]
            """);
        var values = await Eventually.Get(
            () => Api.All($"charge-points/{charger.Identity}/event-streams/7/values"), all => all.Count == 2, Soon);
        Assert.Equal(["230.4", "230.1"], values.Select(value => value["value"]!.GetValue<string>()));
        Assert.Equal("2026-01-01T12:00:02.5Z", values[0]["at"]!.GetValue<string>());
        Charging.Result(await charger.Call("Heartbeat", new { }));
        Assert.Null(await charger.Unasked(TimeSpan.FromMilliseconds(1)));
    }

    [Fact]
    public async Task AdjustPeriodicEventStream_changes_the_stream_and_GetPeriodicEventStream_says_which_there_are()
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, "STREAM-ADJUST", Version);
        await Open(charger, 1);
        await Open(charger, 2);
        charger.Says("AdjustPeriodicEventStream", "Accepted");
        await Raw(charger, "AdjustPeriodicEventStream", new { id = 1, @params = new { interval = 5 } });
        await Stream(charger, 1, stream => stream["intervalSeconds"]?.GetValue<int>() == 5);

        charger.Answers["GetPeriodicEventStream"] = _ => new
        {
            constantStreamData = new[] { new { id = 2, variableMonitoringId = 3, @params = new { interval = 60 } } },
        };
        await Raw(charger, "GetPeriodicEventStream", new { });
        await Stream(charger, 1, stream => stream["closedAt"] is not null);
        await Stream(charger, 2, stream => stream["closedAt"] is null && stream["intervalSeconds"]?.GetValue<int>() == 60);
    }

    [Fact]
    public async Task RequestBatterySwap_is_effective_when_BatterySwap_tells_of_it()
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, "SWAP", Version);
        charger.Says("RequestBatterySwap", "Accepted");
        var asked = await Api.Post($"charge-points/{charger.Identity}/commands/swap-battery", new { token = "CAFE" });
        Assert.True(asked.Status == HttpStatusCode.OK, $"{asked}");
        var swap = charger.Asked.Last(frame => frame[2]!.GetValue<string>() == "RequestBatterySwap")[3]!["requestId"]!.GetValue<int>();

        foreach (var step in new[] { "BatteryIn", "BatteryOut", "BatteryOut" }) // the last one is told again
        {
            Charging.Result(await charger.Call("BatterySwap", new
            {
                batteryData = new[] { new { evseId = 2, serialNumber = $"B-{step}", soC = 12.5, soH = 98 } },
                eventType = step,
                idToken = new { idToken = "CAFE", type = "ISO14443" },
                requestId = swap,
            }));
        }

        var steps = await Eventually.Get(
            () => Api.All($"charge-points/{charger.Identity}/battery-swaps?swap={swap}"), all => all.Count >= 3, Soon);
        Assert.Equal(["out", "in", "agreed"], steps.Select(step => step["step"]!.GetValue<string>()));
        Assert.Equal("B-BatteryOut", steps[0]["batteries"]![0]!["serialNumber"]!.GetValue<string>());
        var settled = await Eventually.Get(
            () => Api.Get($"commands/{asked["id"]!.GetValue<string>()}"),
            seen => seen["state"]?.GetValue<string>() == "effective",
            Soon);
        Assert.Equal("effective", settled["state"]!.GetValue<string>());
    }

    [Fact]
    public async Task PullDynamicScheduleUpdate_is_answered_from_the_profile_that_is_known()
    {
        await using var charger = await Stepping.BootKnown(fixture.Node, "PULL", Version);
        Assert.Equal("Rejected", (await Pull(charger, 4))["status"]!.GetValue<string>());

        charger.Says("SetChargingProfile", "Accepted");
        charger.Says("UpdateDynamicSchedule", "Accepted");
        await Raw(charger, "SetChargingProfile", new
        {
            evseId = 1,
            chargingProfile = new
            {
                id = 4, stackLevel = 0, chargingProfilePurpose = "TxDefaultProfile", chargingProfileKind = "Dynamic",
                chargingSchedule = new[]
                {
                    new { id = 1, chargingRateUnit = "W", chargingSchedulePeriod = new[] { new { startPeriod = 0, setpoint = -5000 } } },
                },
            },
        });
        var first = await Pull(charger, 4);
        Assert.Equal("Accepted", first["status"]!.GetValue<string>());
        Assert.Equal("""{"setpoint":-5000}""", first["scheduleUpdate"]!.ToJsonString());

        await Raw(charger, "UpdateDynamicSchedule", new { chargingProfileId = 4, scheduleUpdate = new { limit = 7_000 } });
        Assert.Equal("""{"limit":7000}""", (await Pull(charger, 4))["scheduleUpdate"]!.ToJsonString());
        var rows = await Eventually.Get(
            () => Api.All($"charge-points/{charger.Identity}/schedule-limits"),
            all => all.Any(row => row["pulled"]?["limit"]?.GetValue<int>() == 7_000),
            Soon);
        Assert.Equal(7_000, Assert.Single(rows)["sent"]!["limit"]!.GetValue<int>());
    }

    private static async Task<JsonNode> Pull(RawCharger charger, int profile) =>
        Charging.Result(await charger.Call("PullDynamicScheduleUpdate", new { chargingProfileId = profile }));

    private static async Task<string> Open(RawCharger charger, int stream) => Charging.Result(
        await charger.Call("OpenPeriodicEventStream", new
        {
            constantStreamData = new { id = stream, variableMonitoringId = 3, @params = new { interval = 30, values = 10 } },
        }))["status"]!.GetValue<string>();

    private async Task<JsonNode> Stream(RawCharger charger, int number, Func<JsonNode, bool> so)
    {
        var seen = await Eventually.Get(
            () => Api.All($"charge-points/{charger.Identity}/event-streams"),
            all => all.Any(stream => stream["stream"]!.GetValue<int>() == number && so(stream)),
            Soon);
        return seen.Single(stream => stream["stream"]!.GetValue<int>() == number && so(stream));
    }

    private async Task Raw(RawCharger charger, string action, object payload)
    {
        var answer = await Api.Post($"charge-points/{charger.Identity}/calls/{action}", payload);
        Assert.True(answer.Status == HttpStatusCode.OK, $"{answer}");
        Assert.Equal("accepted", answer["state"]!.GetValue<string>());
    }
}
