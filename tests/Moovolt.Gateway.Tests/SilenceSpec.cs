using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>The time to the first frame.</summary>
public sealed class SilenceSpec
{
    [Fact]
    public async Task A_socket_over_which_nothing_is_said_is_closed_with_1008_whatever_it_pings()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, first-frame-timeout = 500ms");
        rig.Entities.Registered = null;
        await using var charger = await rig.ConnectAsync();
        await charger.SendAsync(9, []);

        Assert.Equal(1008, await charger.ReadCloseAsync());
        await charger.CloseAsync(1008);
        var attempt = Assert.Single(await rig.AttemptsAsync());
        Assert.Equal(
            ("CP1", "no-first-frame", "no frame came within 0.5 s of the handshake", "ocpp1.6", 101),
            (attempt.Identity, attempt.Code, attempt.Reason, attempt.Offered, attempt.HttpStatus));
        Assert.Equal(attempt.Reason, Assert.Single(await rig.Entities.UntilTold<CloseSession>()).Reason);
        Assert.Equal(1, rig.Limits["first-frame"]);
    }

    [Theory]
    [InlineData("""[2,"1","Heartbeat",{}]""")]
    [InlineData("nonsense")]
    public async Task One_frame_is_enough(string frame)
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, first-frame-timeout = 3s");
        rig.Entities.Registered = null;
        await using var charger = await rig.ConnectAsync();
        await charger.SendAsync(frame);
        await Task.Delay(TimeSpan.FromSeconds(3.5));
        await charger.CallAsync("after", "BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");

        while ((await charger.ReadFrameAsync())[1].GetString() != "after")
        {
            // the refusal of the first
        }

        Assert.Equal(0, rig.Limits["first-frame"]);
    }

    [Fact]
    public async Task Who_was_accepted_before_has_until_its_next_heartbeat()
    {
        await using var rig = await GatewayRig.StartAsync("dev = on, first-frame-timeout = 200ms, heartbeat-interval = 2s");
        rig.Entities.Registered = Registration.Accepted;
        var began = TimeProvider.System.GetTimestamp();
        await using var charger = await rig.ConnectAsync();

        Assert.Equal(1008, await charger.ReadCloseAsync());
        Assert.True(TimeProvider.System.GetElapsedTime(began) > TimeSpan.FromSeconds(2.1));
        Assert.Equal("no frame came within 2.2 s of the handshake", Assert.Single(await rig.AttemptsAsync()).Reason);
    }

    [Fact]
    public async Task Where_it_is_set_so_nobody_has_longer_than_anybody_else()
    {
        await using var rig = await GatewayRig.StartAsync(
            "dev = on, first-frame-timeout = 200ms, heartbeat-interval = 300s, first-frame-awaits-heartbeat = off");
        rig.Entities.Registered = Registration.Accepted;
        await using var charger = await rig.ConnectAsync();

        Assert.Equal(1008, await charger.ReadCloseAsync());
    }
}
