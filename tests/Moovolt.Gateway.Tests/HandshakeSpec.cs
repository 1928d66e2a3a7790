using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Gateway.Tests;

public sealed class HandshakeSpec
{
    [Theory]
    [InlineData("/ocpp/CP1", "CP1")]
    [InlineData("/ocpp/CP1/", "CP1")]
    [InlineData("//ocpp///CP1", "CP1")]
    [InlineData("/OCPP/CP1", "CP1")]
    [InlineData("/ocpp/cp1", "cp1")]
    [InlineData("/ocpp/RDAM%20123", "RDAM 123")]
    [InlineData("/ocpp/RDAM%7C123", "RDAM|123")]
    [InlineData("/ocpp/CP1?token=abc", "CP1")]
    [InlineData("/ocpp/%43%50%31", "CP1")]
    public async Task A_charger_is_who_the_last_segment_says_decoded_once(string path, string identity)
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await RawCharger.ConnectAsync(rig.Port, path);

        Assert.Equal(101, charger.Status);
        Assert.Equal("ocpp1.6", charger.Header("Sec-WebSocket-Protocol"));
        var open = Assert.Single(await rig.Entities.UntilTold<OpenSession>());
        Assert.Equal((identity, "ocpp1.6", 0L), (open.Id.Value, open.Protocol, open.Epoch));
        Assert.Equal(("akka://moovolt@here:1", 7L, "127.0.0.1"), (open.Node, open.Incarnation, open.RemoteAddress));
    }

    [Fact]
    [Trait("sec", "SEC-06")]
    public async Task What_names_no_charger_is_refused_before_any_entity_hears_of_it()
    {
        string[] paths =
        [
            "/ocpp", "/ocpp/", "/ocpp/a%2Fb", "/ocpp/a%00b", "/ocpp/..%2f", "/ocpp/..", "/ocpp/.", "/ocpp/a/../b", "/ocpp/a/b",
            "/ocpp/%2541", "/ocpp/%4", "/ocpp/%zz", "/ocpp/%C3%A9", "/ocpp/a%0Ab", "/ocpp/%20a", "/ocpp/a%20",
            $"/ocpp/{new string('x', 49)}",
        ];
        await using var rig = await GatewayRig.StartAsync();

        foreach (var path in paths)
        {
            await using var charger = await RawCharger.ConnectAsync(rig.Port, path);
            Assert.True(charger.Status is 404 or 400, $"{path} was answered {charger.Status}");
        }

        Assert.Empty(rig.Entities.Told);
        var attempts = await rig.AttemptsAsync(10);
        Assert.All(attempts, attempt => Assert.Equal(("bad-path", 404), (attempt.Code, attempt.HttpStatus)));
    }

    [Fact]
    public async Task An_ordinary_request_is_told_in_a_sentence_what_this_is()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var browser = await RawCharger.RequestAsync(rig.Port, "/ocpp/CP1", "Host: localhost");
        await using var broken = await RawCharger.RequestAsync(
            rig.Port, "/ocpp/CP1", "Host: localhost", "Connection: Upgrade", "Upgrade: websocket", "Sec-WebSocket-Version: 8");

        Assert.Equal(426, browser.Status);
        Assert.Equal("websocket", browser.Header("Upgrade"));
        Assert.Contains("WebSocket", browser.Body, StringComparison.Ordinal);
        Assert.Equal(400, broken.Status);
        Assert.Empty(rig.Entities.Told);
    }

    [Theory]
    [InlineData("ocpp1.6", "ocpp1.6")]
    [InlineData("ocpp0.1,ocpp1.6", "ocpp1.6")]
    [InlineData(" OCPP1.6 ", "OCPP1.6")]
    [InlineData("ocpp9,  ocpp1.6 , ocpp1.6", "ocpp1.6")]
    public async Task The_first_subprotocol_that_the_charger_prefers_and_we_speak_is_agreed(string offered, string agreed)
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", offered);

        Assert.Equal(101, charger.Status);
        Assert.Equal(agreed, charger.Header("Sec-WebSocket-Protocol"));
        Assert.Equal("ocpp1.6", Assert.Single(await rig.Entities.UntilTold<OpenSession>()).Protocol);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("ocpp0.1")]
    [InlineData("ocpp2.0.1.1, soap")]
    public async Task Without_a_common_subprotocol_the_upgrade_is_completed_and_closed_with_1002(string? offered)
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", offered);

        Assert.Equal(101, charger.Status);
        Assert.Null(charger.Header("Sec-WebSocket-Protocol"));
        Assert.Equal(1002, await charger.ReadCloseAsync());
        var attempt = Assert.Single(await rig.AttemptsAsync());
        Assert.Equal(("CP1", "no-common-subprotocol", 101, offered), (attempt.Identity, attempt.Code, attempt.HttpStatus, attempt.Offered));
        Assert.Empty(rig.Entities.Told);
    }

    [Fact]
    public async Task Where_it_is_set_so_a_missing_subprotocol_refuses_the_upgrade()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, subprotocol-mismatch = refuse");
        await using var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", "ocpp0.1");

        Assert.Equal(400, charger.Status);
        Assert.Contains("ocpp1.6", charger.Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Where_it_is_set_so_a_missing_header_means_ocpp16_but_a_foreign_one_does_not()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, assume-ocpp16 = on");
        await using var silent = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", null);
        await using var foreign = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP2", "ocpp0.1");

        Assert.Equal(101, silent.Status);
        Assert.Null(silent.Header("Sec-WebSocket-Protocol")); // never a protocol that was not offered (RFC 6455)
        await silent.CallAsync("1", "Heartbeat", "{}");
        Assert.Equal(3, (await silent.ReadFrameAsync())[0].GetInt32());
        Assert.Equal(1002, await foreign.ReadCloseAsync());
    }

    [Theory]
    [InlineData(GateState.Draining, Strain.Green, "draining")]
    [InlineData(GateState.Starting, Strain.Green, "starting")]
    [InlineData(GateState.Open, Strain.Red, "journal-down")]
    [InlineData(GateState.Open, Strain.Yellow, "journal-slow")]
    public async Task A_node_that_cannot_serve_a_charger_says_so_before_the_upgrade(GateState state, Strain strain, string code)
    {
        await using var rig = await GatewayRig.StartAsync();
        (rig.Gateway.Gate.State, rig.Gateway.Gate.Strain) = (state, strain);
        await using var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1");

        Assert.Equal(503, charger.Status);
        Assert.InRange(int.Parse(charger.Header("Retry-After") ?? "", null), 5, 30);
        Assert.Equal(code, Assert.Single(await rig.AttemptsAsync()).Code);
        Assert.Empty(rig.Entities.Told);
    }

    [Fact]
    public async Task A_storm_is_paced_and_what_is_too_much_for_it_is_told_when_to_come_back()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, upgrades-per-second = 2, upgrades-waiting = 1");
        var storm = await Task.WhenAll(Enumerable.Range(0, 6).Select(n => RawCharger.ConnectAsync(rig.Port, $"/ocpp/CP{n}")));

        Assert.InRange(storm.Count(charger => charger.Status == 101), 3, 4);
        Assert.All(storm.Where(charger => charger.Status != 101), charger => Assert.NotNull(charger.Header("Retry-After")));
        foreach (var charger in storm) await charger.DisposeAsync();
    }

    [Fact]
    public async Task More_chargers_than_a_node_may_hold_are_sent_elsewhere()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, max-connections = 1");
        await using var first = await rig.ConnectAsync();
        await using var second = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP2");

        Assert.Equal(503, second.Status);
        Assert.Equal(1, rig.Gateway.Sessions);
    }

    [Fact]
    public async Task A_stranger_hears_nothing_of_what_the_database_says_and_operators_do()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        await rig.BreakCredentialsAsync();
        await using var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1");

        Assert.Equal((503, "11\r\nTry again later.\n\r\n0\r\n\r\n"), (charger.Status, charger.Body)); // in one chunk
        var attempt = Assert.Single(await rig.AttemptsAsync());
        Assert.Equal("database-away", attempt.Code);
        Assert.Contains("no such column", attempt.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_database_that_cannot_be_reached_is_no_error_of_ours()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        rig.Doors.Fail(times: 1, () => new SocketException((int)SocketError.TooManyOpenSockets));
        await using var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1");

        Assert.Equal(503, charger.Status);
        Assert.Equal("database-away", Assert.Single(await rig.AttemptsAsync()).Code);
        Assert.Empty(rig.Logs.From(LogLevel.Error));
    }

    [Fact]
    public async Task Nothing_that_a_handshake_can_hold_is_an_error_of_ours()
    {
        await using var rig = await GatewayRig.StartAsync("dev = off");
        foreach (var header in new[] { "Authorization: Basic ####", "Authorization: Basic", "Sec-WebSocket-Protocol: ,,,", "Origin: file://" })
        {
            await using var charger = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", headers: header);
            Assert.Equal(401, charger.Status);
        }

        Assert.Empty(rig.Logs.From(LogLevel.Warning));
    }
}
