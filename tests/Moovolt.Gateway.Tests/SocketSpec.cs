using System.Net.WebSockets;
using System.Text;
using Microsoft.Extensions.Logging;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Gateway.Tests;

public sealed class SocketSpec
{
    [Theory]
    [Trait("sec", "SEC-26")]
    [InlineData("a frame of 2 MiB", 1009)]
    [InlineData("a binary frame", 1003)]
    [InlineData("text that is not UTF-8", 1007)]
    public async Task A_frame_that_is_none_closes_the_socket_with_its_code(string what, int code)
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        await using var neighbour = await rig.ConnectAsync("CP2");
        var sending = what switch
        {
            "a frame of 2 MiB" => charger.SendAsync(1, new byte[2 * 1024 * 1024]),
            "a binary frame" => charger.SendAsync(2, [1, 2, 3]),
            _ => charger.SendAsync(1, [(byte)'[', 0xC3, 0x28]),
        };

        // At once, but how soon that is depends on the machine.
        Assert.Equal(code, await charger.ReadCloseAsync().WaitAsync(TimeSpan.FromSeconds(20)));
        await sending;
        await neighbour.CallAsync("1", "Heartbeat", "{}");
        Assert.Equal(3, (await neighbour.ReadFrameAsync())[0].GetInt32());
        Assert.Empty(rig.Logs.From(LogLevel.Warning));
    }

    [Fact]
    public async Task A_frame_just_below_the_limit_is_read_whole()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        var data = new string('x', 1_000_000);
        await charger.CallAsync("1", "DataTransfer", $$"""{"vendorId":"V","data":"{{data}}"}""");

        Assert.Equal("1", (await charger.ReadFrameAsync())[1].GetString());
    }

    [Fact]
    public async Task A_frame_in_many_fragments_with_pings_between_them_is_one_frame()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        var frame = """[2,"1","Heartbeat",{}]"""u8.ToArray();
        for (var at = 0; at < frame.Length; at++)
        {
            await charger.SendAsync((byte)(at == 0 ? 1 : 0), [frame[at]], last: at == frame.Length - 1);
            await charger.SendAsync(9, []);
        }

        Assert.Equal("1", (await charger.ReadFrameAsync())[1].GetString());
    }

    [Fact]
    [Trait("sec", "SEC-26")]
    public async Task A_frame_that_never_ends_is_closed_with_1009()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, max-frame = 64 KiB");
        await using var charger = await rig.ConnectAsync();
        for (var part = 0; part < 70; part++) await charger.SendAsync((byte)(part == 0 ? 1 : 0), new byte[1024], last: false);

        Assert.Equal(1009, await charger.ReadCloseAsync());
    }

    [Fact]
    public async Task A_charger_that_closes_is_closed_too_but_never_with_1000()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var charger = await rig.ConnectAsync();
        await rig.Entities.UntilTold<OpenSession>();
        await charger.CloseAsync(1000);

        Assert.Equal(1001, await charger.ReadCloseAsync());
        var close = Assert.Single(await rig.Entities.UntilTold<CloseSession>());
        Assert.Equal((1L, "the charger closed the connection (1000)"), (close.Epoch, close.Reason));
    }

    [Fact]
    public async Task A_connection_that_is_cut_ends_its_session()
    {
        await using var rig = await GatewayRig.StartAsync();
        var charger = await rig.ConnectAsync();
        await rig.Entities.UntilTold<OpenSession>();
        await charger.DisposeAsync();

        Assert.Equal("the connection was lost", Assert.Single(await rig.Entities.UntilTold<CloseSession>()).Reason);
        Assert.Empty(rig.Logs.From(LogLevel.Warning));
    }

    [Fact]
    public async Task A_charger_that_neither_reads_nor_answers_pings_is_cut()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, ping-interval = 200ms, ping-timeout = 200ms");
        await using var charger = await rig.ConnectAsync();

        Assert.Single(await rig.Entities.UntilTold<CloseSession>());
    }

    [Fact]
    public async Task A_drain_closes_every_socket_with_1012_and_lets_nobody_in()
    {
        await using var rig = await GatewayRig.StartAsync();
        await using var one = await rig.ConnectAsync();
        await using var other = await rig.ConnectAsync("CP2");
        var drained = rig.Gateway.DrainAsync(100, CancellationToken.None);

        foreach (var charger in new[] { one, other })
        {
            Assert.Equal(1012, await charger.ReadCloseAsync());
            await charger.CloseAsync(1012);
        }

        await drained.WaitAsync(TimeSpan.FromSeconds(5));
        Assert.Equal(0, rig.Gateway.Sessions);
        await using var late = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP3");
        Assert.Equal(503, late.Status);
    }

    [Fact]
    public async Task A_charger_that_does_not_answer_a_close_is_cut()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, close-timeout = 1500ms");
        await using var charger = await rig.ConnectAsync();
        await rig.Entities.UntilTold<OpenSession>();
        await charger.SendAsync(2, [1]);

        Assert.Equal(1003, await charger.ReadCloseAsync());
        Assert.Equal(0, await charger.ReadCloseAsync().WaitAsync(TimeSpan.FromSeconds(4)));
    }

    [Fact]
    public async Task A_foreign_client_library_can_talk_to_it()
    {
        await using var rig = await GatewayRig.StartAsync();
        using var client = new ClientWebSocket();
        client.Options.AddSubProtocol("ocpp1.6");
        await client.ConnectAsync(new Uri($"ws://127.0.0.1:{rig.Port}/ocpp/CP1"), default);
        await client.SendAsync("[2,\"1\",\"Heartbeat\",{}]"u8.ToArray(), WebSocketMessageType.Text, true, default);
        var buffer = new byte[1000];
        var answer = await client.ReceiveAsync(buffer, default);

        Assert.StartsWith("[3,\"1\",{\"currentTime\":", Encoding.UTF8.GetString(buffer, 0, answer.Count), StringComparison.Ordinal);
        await client.CloseAsync(WebSocketCloseStatus.NormalClosure, null, default);
    }
}
