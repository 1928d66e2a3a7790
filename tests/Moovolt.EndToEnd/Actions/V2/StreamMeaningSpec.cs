using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Actions.V2;

/// <summary>What the actions of event streams are for (OCPP 2.1, N11 to N15).</summary>
[Collection(Scenarios.Name)]
public sealed class StreamMeaningSpec(Stage stage)
{
    [Theory, Means("OpenPeriodicEventStream", Way.FromCharger)]
    public async Task A_stream_that_a_station_opens_is_open(string version)
    {
        await using var charger = await stage.Boot(version, "OpenPeriodicEventStream");
        await Open(charger, 7);
        await Shows(charger, 7, stream => stream["closedAt"] is null && stream["monitor"]!.GetValue<int>() == 3);
    }

    [Theory, Means("ClosePeriodicEventStream", Way.FromCharger)]
    public async Task A_stream_that_a_station_closes_is_closed(string version)
    {
        await using var charger = await stage.Boot(version, "ClosePeriodicEventStream");
        await Open(charger, 7);
        Charging.Result(await charger.Call("ClosePeriodicEventStream", new { id = 7 }));
        await Shows(charger, 7, stream => stream["closedAt"] is not null);
    }

    [Theory, Means("NotifyPeriodicEventStream", Way.FromCharger)]
    public async Task What_a_stream_tells_is_read(string version)
    {
        await using var charger = await stage.Boot(version, "NotifyPeriodicEventStream");
        await Open(charger, 7);
        await Shows(charger, 7, _ => true);
        await charger.Send(
            """[6,"s1","NotifyPeriodicEventStream",{"id":7,"pending":0,"basetime":"2026-01-01T12:00:00Z","data":[{"t":0,"v":"230.1"}]}]""");
        var values = await stage.Sees(charger, "/event-streams/7/values", seen => Stage.Items(seen).Any());
        Assert.Equal("230.1", Assert.Single(Stage.Items(values))["value"]!.GetValue<string>());
    }

    [Theory, Means("AdjustPeriodicEventStream", Way.ToCharger)]
    public async Task A_stream_that_is_adjusted_is_so_and_one_that_is_not_is_told(string version)
    {
        await using var charger = await stage.Boot(version, "AdjustPeriodicEventStream");
        await Open(charger, 1);
        charger.Says("AdjustPeriodicEventStream", "Rejected");
        var payload = new { id = 1, @params = new { interval = 5 } };
        Assert.Equal("rejected", Stage.State(await stage.Raw(charger, "AdjustPeriodicEventStream", payload)));

        charger.Says("AdjustPeriodicEventStream", "Accepted");
        await stage.Raw(charger, "AdjustPeriodicEventStream", payload);
        await Shows(charger, 1, stream => stream["intervalSeconds"]?.GetValue<int>() == 5);
    }

    [Theory, Means("GetPeriodicEventStream", Way.ToCharger)]
    public async Task The_streams_that_a_station_has_are_those_that_are_open(string version)
    {
        await using var charger = await stage.Boot(version, "GetPeriodicEventStream");
        await Open(charger, 1);
        charger.Answers["GetPeriodicEventStream"] = _ => new
        {
            constantStreamData = new[] { new { id = 2, variableMonitoringId = 3, @params = new { interval = 60 } } },
        };
        await stage.Raw(charger, "GetPeriodicEventStream", new { });
        await Shows(charger, 1, stream => stream["closedAt"] is not null);
        await Shows(charger, 2, stream => stream["closedAt"] is null);
    }

    private static async Task Open(RawCharger charger, int id) => Charging.Result(await charger.Call(
        "OpenPeriodicEventStream",
        new { constantStreamData = new { id, variableMonitoringId = 3, @params = new { interval = 30, values = 10 } } }));

    private Task<Api.Answer> Shows(RawCharger charger, int number, Func<JsonNode, bool> so) => stage.Sees(
        charger,
        "/event-streams",
        seen => Stage.Items(seen).Any(stream => stream["stream"]!.GetValue<int>() == number && so(stream)));
}
