using System.Text;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>What a charger, or what pretends to be one, runs into when it asks for too much.</summary>
public sealed class LimitSpec
{
    [Fact]
    [Trait("sec", "SEC-25")]
    public async Task A_request_whose_head_does_not_end_is_cut()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, handshake-timeout = 1s");
        var answer = await RawCharger.SendHalfAsync(rig.Port, "GET /ocpp/CP1 HTTP/1.1\r\nHost: loc");

        Assert.StartsWith("HTTP/1.1 408", answer, StringComparison.Ordinal);
        await rig.Limits.UntilAsync("request_headers_timeout");
        Assert.Empty(rig.Entities.Told);
    }

    [Fact]
    public async Task An_address_that_has_had_its_share_is_told_to_come_back_later()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, address-upgrades-per-second = 1, address-upgrades-burst = 2");
        var (status, wait, tries) = (101, "", 0);
        while (status == 101 && tries < 50)
        {
            await using var charger = await RawCharger.ConnectAsync(rig.Port, $"/ocpp/CP{tries++}");
            (status, wait) = (charger.Status, charger.Header("Retry-After") ?? "");
        }

        Assert.Equal(503, status);
        Assert.True(tries > 2, $"refused at try {tries}");
        Assert.InRange(int.Parse(wait, null), 5, 30);
        Assert.Equal("too-many-from-address", Assert.Single(await rig.AttemptsAsync()).Code);
        Assert.Equal(1, rig.Limits["too-many-from-address"]);
    }

    [Fact]
    public async Task Chargers_that_come_together_do_not_share_the_last_places()
    {
        // Those beyond the first nine wait for their turn, and began to while there were places.
        await using var rig = await GatewayRig.StartAsync("dev = on, max-connections = 12, upgrades-per-second = 9");
        var storm = await Task.WhenAll(Enumerable.Range(0, 30).Select(n => RawCharger.ConnectAsync(rig.Port, $"/ocpp/CP{n}")));

        Assert.Equal(12, storm.Count(charger => charger.Status == 101));
        Assert.Equal(18, storm.Count(charger => charger.Status == 503 && charger.Header("Retry-After") is not null));
        Assert.Equal((12, 18L), (rig.Gateway.Sessions, rig.Limits["too-many-connections"]));
        foreach (var charger in storm) await charger.DisposeAsync();
    }

    [Fact]
    public async Task A_place_that_is_free_again_is_given_to_the_next()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, max-connections = 1");
        var first = await rig.ConnectAsync();
        await first.DisposeAsync();
        while (rig.Gateway.Sessions > 0) await Task.Delay(10);
        await using var second = await rig.ConnectAsync("CP2");

        Assert.Equal(1, rig.Gateway.Sessions);
    }

    [Fact]
    [Trait("sec", "SEC-26")]
    public async Task A_frame_that_is_nested_too_deep_is_refused_and_counted_and_its_socket_is_closed()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("shallow", "DataTransfer", """{"vendorId":""");
        await charger.CallAsync("deep", "DataTransfer", $$"""{"vendorId":{{new string('[', 40)}}{{new string(']', 40)}}}""");
        foreach (var id in new[] { "shallow", "deep" })
        {
            var refusal = await charger.ReadFrameAsync();
            Assert.Equal((id, "FormationViolation"), (refusal[1].GetString(), refusal[2].GetString()));
        }

        Assert.Equal(1008, await charger.ReadCloseAsync());
        Assert.Equal(1, rig.Limits["json-depth"]);
    }

    [Fact]
    public async Task A_command_beyond_those_that_may_wait_fails_and_says_so()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, outgoing-calls = 2");
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("in", "Heartbeat", "{}");
        await charger.ReadTextAsync();
        foreach (var request in new[] { "one", "two", "three" })
            rig.Entities.Deliver(new CallStation(1, request, new Restart(Hard: false), 30));

        var answer = Assert.Single(await rig.Entities.UntilTold<AnswerRequest>());
        Assert.Equal(("three", RequestState.Failed, "queueFull"), (answer.RequestId, answer.Answer.State, answer.Answer.ErrorCode));
        Assert.Equal(1, rig.Limits["outgoing-calls"]);
        Assert.Equal("Reset", (await charger.ReadFrameAsync())[2].GetString());
    }

    [Fact]
    public async Task A_charger_that_does_not_read_is_cut_when_too_much_waits_for_it()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, outgoing-bytes = 4 KiB, calls-per-second = 0");
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("in", "Heartbeat", "{}");
        await charger.ReadTextAsync();

        // More than the network holds; one frame is written whatever its size, and what comes after it waits.
        var data = new string('x', 16 * 1024 * 1024);
        rig.Entities.Deliver(new CallStation(1, "large", new RawCall("DataTransfer", $$"""{"vendorId":"V","data":"{{data}}"}"""), 30));
        for (var n = 0; n < 250; n++) await charger.CallAsync($"{n}", "Heartbeat", "{}");

        await rig.Limits.UntilAsync("outgoing");
        Assert.Equal("too much is waiting to be read", Assert.Single(await rig.Entities.UntilTold<CloseSession>()).Reason);
    }

    [Fact]
    public async Task A_frame_that_is_larger_than_what_may_wait_is_sent_all_the_same()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, outgoing-bytes = 4 KiB");
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("in", "Heartbeat", "{}");
        await charger.ReadTextAsync();
        var data = new string('x', 100_000);
        rig.Entities.Deliver(new CallStation(1, "large", new RawCall("DataTransfer", $$"""{"vendorId":"V","data":"{{data}}"}"""), 30));

        Assert.Equal(data, (await charger.ReadFrameAsync())[3].GetProperty("data").GetString());
    }

    [Fact]
    public async Task A_charger_that_does_not_answer_pings_is_cut_for_that_reason()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, ping-interval = 200ms, ping-timeout = 200ms");
        await using var charger = await rig.ConnectAsync();

        Assert.Equal("the charger did not answer a ping", Assert.Single(await rig.Entities.UntilTold<CloseSession>()).Reason);
        Assert.Equal(1, rig.Limits["idle"]);
    }

    [Fact]
    public async Task Where_pings_need_no_answer_three_heartbeats_that_are_missing_end_the_session()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, ping-timeout = 0s, heartbeat-interval = 400ms");
        await using var charger = await rig.ConnectAsync();
        await charger.CallAsync("1", "Heartbeat", "{}");
        await charger.ReadTextAsync();
        var began = TimeProvider.System.GetTimestamp();

        Assert.Equal(1008, await charger.ReadCloseAsync());
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromMilliseconds(900));
        Assert.Equal(1, rig.Limits["idle"]);
    }

    [Fact]
    public async Task Wrong_passwords_for_one_charger_are_an_alarm_and_never_a_lock()
    {
        const string Password = "a-password-of-24-letters";
        await using var rig = await GatewayRig.StartAsync("dev = off, failures-per-charger = 4, failures-per-identity = 2");
        await rig.RegisterAsync("CP1", 1, Encoding.UTF8.GetBytes(Password));
        foreach (var identity in new[] { "NOBODY", "CP1" })
        {
            for (var tries = 0; tries < 3; tries++)
            {
                await using var guess = await RawCharger.ConnectAsync(
                    rig.Port, $"/ocpp/{identity}", authorization: RawCharger.Basic(identity, $"guess {tries}"));
                Assert.Equal(401, guess.Status);
            }
        }

        Assert.Contains("CP1", Assert.Single(rig.Logs.From(LogLevel.Warning)), StringComparison.Ordinal);
        Assert.Equal(1, rig.Limits["auth-failures-of-identity"]);
        await using var real = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", Password));
        Assert.Equal(101, real.Status);
    }
}
