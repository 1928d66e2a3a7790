using Microsoft.Extensions.Logging.Abstractions;
using Moovolt.Domain;
using Moovolt.ReadModel.Doors;
using Moovolt.ReadModel.Messages;
using Xunit;

namespace Moovolt.Api.Tests;

public sealed class OperationSpec(Bridge bridge) : IClassFixture<Bridge>
{
    private readonly HttpClient _operator = bridge.Operator();

    [Fact]
    public async Task The_cluster_is_seen_with_its_members_shards_and_sessions()
    {
        await bridge.Online("SEEN-1");

        var said = await _operator.Get("cluster");

        Assert.Equal(200, said.Status);
        var member = said["members"]!.AsArray().Single()!;
        Assert.Equal(said.Text("self"), said.Text("leader"));
        Assert.Equal(said.Text("self"), member["address"]!.GetValue<string>());
        Assert.Equal("Up", member["status"]!.GetValue<string>());
        Assert.True(member["reachable"]!.GetValue<bool>());
        Assert.Equal(2, member["shards"]!["charge-point"]!["shards"]!.GetValue<int>());
        Assert.Equal(3, member["shards"]!["token"]!["entities"]!.GetValue<int>());
        Assert.Equal(1, member["sessions"]!.GetValue<int>());
        Assert.Equal(0, said["projection"]!["lagEvents"]!.GetValue<long>());
    }

    [Fact]
    public async Task The_chargers_of_a_node_by_itself_can_go_nowhere_and_that_is_said()
    {
        const string drain = "cluster/members/127.0.0.1:4053/drain";
        Said[] refused =
        [
            await _operator.Put(drain, new { rate = 5 }), await _operator.Delete(drain), await _operator.Post("cluster/rebalance", new { }),
        ];

        Assert.All(refused, said =>
        {
            Assert.Equal(409, said.Status);
            Assert.Equal("urn:moovolt:problem:alone", said.Text("type"));
            Assert.Contains("by itself", said.Text("detail"), StringComparison.Ordinal);
        });
        Assert.Equal(404, (await _operator.Get(drain)).Status);
        var seen = await _operator.Get("cluster");
        Assert.False(seen["members"]![0]!["draining"]!.GetValue<bool>());
        Assert.Empty(seen["split"]!.AsArray());
    }

    [Theory]
    [InlineData("""{"rate":0}""", 422)]
    [InlineData("""{"rate":10001}""", 422)]
    [InlineData("""{"rate":"fast"}""", 400)]
    [InlineData("""{"speed":5}""", 400)]
    public async Task A_drain_that_cannot_be_is_refused_with_what_can(string body, int status) =>
        Assert.Equal(status, (await _operator.Put("cluster/members/somewhere/drain", body)).Status);

    [Theory]
    [InlineData("""{"rate":0}""")]
    [InlineData("""{"tolerance":101}""")]
    public async Task A_rebalance_that_cannot_be_is_refused_with_what_can(string body) =>
        Assert.Equal(422, (await _operator.Post("cluster/rebalance", body)).Status);

    [Fact]
    public async Task The_journals_latency_is_the_last_probes_and_none_while_it_does_not_answer()
    {
        bridge.Pulse.Latency = TimeSpan.FromMilliseconds(12.5);
        var answering = await _operator.Get("cluster");
        bridge.Pulse.Latency = null;
        var silent = await _operator.Get("cluster");

        Assert.Equal("green", answering["journal"]!["state"]!.GetValue<string>());
        Assert.Equal(12.5, answering["journal"]!["latencyMs"]!.GetValue<double>());
        Assert.True(silent["journal"]!.AsObject().TryGetPropertyValue("latencyMs", out var none) && none is null);
    }

    [Fact]
    public async Task The_cluster_says_how_far_the_clock_of_the_node_that_answers_is_off()
    {
        bridge.Pulse.ClockSkew = TimeSpan.FromSeconds(-300.25);
        var wrong = await _operator.Get("cluster");
        bridge.Pulse.ClockSkew = TimeSpan.Zero;

        Assert.Equal(-300.25, wrong["clock"]!["skewSeconds"]!.GetValue<double>());
    }

    [Fact]
    public async Task Frames_and_failed_handshakes_are_listed_the_latest_first()
    {
        await bridge.Online("WATCHED-1");
        var id = new ChargePointId("WATCHED-1");
        using var stop = new CancellationTokenSource();
        var observations = new Observations(
            bridge.Stores.ReadModel,
            ObservationLimits.Usual with { Pause = TimeSpan.FromMilliseconds(10) },
            TimeProvider.System,
            NullLogger<Observations>.Instance);
        var observing = observations.RunAsync(stop.Token);
        for (var i = 1; i <= 3; i++)
        {
            observations.Frame(id, 1, FrameDirection.FromCharger, "Heartbeat", $"[2,\"{i}\",\"Heartbeat\",{{}}]", Charging.Noon.AddSeconds(i));
            observations.Attempt(new Observed.Attempt("WHO-1", "192.0.2.9", "wrong-password", "The password is not the one.", "ocpp1.6", 401, Charging.Noon));
        }

        while ((await _operator.Get("connection-attempts?chargePoint=WHO-1"))["items"]!.AsArray()
                is not [var same] || same!["count"]!.GetValue<long>() < 3
            || (await _operator.Get("charge-points/WATCHED-1/messages"))["items"]!.AsArray().Count < 3) await Task.Delay(20);

        var frames = await _operator.Get("charge-points/WATCHED-1/messages?limit=2");
        Assert.Equal("[2,\"3\",\"Heartbeat\",{}]", frames["items"]![0]!["frame"]!.GetValue<string>());
        Assert.Equal("fromCharger", frames["items"]![0]!["direction"]!.GetValue<string>());
        Assert.Single((await _operator.Get($"charge-points/WATCHED-1/messages?limit=2&cursor={frames.Text("next")}"))["items"]!.AsArray());
        var attempt = (await _operator.Get("connection-attempts?chargePoint=WHO-1&limit=1"))["items"]!.AsArray().Single()!;
        Assert.Equal("wrong-password", attempt["code"]!.GetValue<string>());
        Assert.Equal(401, attempt["httpStatus"]!.GetValue<int>());
        await stop.CancelAsync();
        await observing.ContinueWith(_ => { }, TaskScheduler.Default);
    }
}
