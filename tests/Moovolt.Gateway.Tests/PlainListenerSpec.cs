using System.Text;
using Moovolt.Domain.ChargePoints;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>What a balancer reaches: chargers' sockets, and nothing of the operators'.</summary>
public sealed class PlainListenerSpec
{
    private const string Password = "a-password-of-24-letters";

    [Fact]
    public async Task Chargers_get_in_there_and_operators_do_not()
    {
        await using var rig = await GatewayRig.StartAsync(Listener(profile: 1));
        await rig.RegisterAsync("CP1", 1, Encoding.UTF8.GetBytes(Password));
        await using var charger = await ConnectAsync(rig);

        Assert.Equal(101, charger.Status);
        foreach (var path in new[] { "/api/v1/cluster", "/docs", "/metrics", "/healthz/ready", "/" })
        {
            await using var shut = await RawCharger.RequestAsync(rig.PlainPort, path, "Host: localhost");
            await using var open = await RawCharger.RequestAsync(rig.Port, path, "Host: localhost");
            Assert.Equal((path, 404, 200), (path, shut.Status, open.Status));
        }
    }

    [Theory]
    [InlineData(1, 401)]
    [InlineData(2, 101)]
    public async Task Behind_tls_that_ends_in_front_of_it_a_password_is_profile_2(int profile, int status)
    {
        await using var rig = await GatewayRig.StartAsync(Listener(profile));
        await rig.RegisterAsync("CP1", 2, Encoding.UTF8.GetBytes(Password));
        await using var charger = await ConnectAsync(rig);

        Assert.Equal(status, charger.Status);
        if (status == 101) Assert.Equal(2, (await rig.Entities.UntilTold<OpenSession>(1))[0].SecurityProfile);
    }

    private static string Listener(int profile) =>
        $$"""dev = off, at-urls = nobody, listeners.balanced { url = "http://127.0.0.1:0", profiles = [{{profile}}] }""";

    private static Task<RawCharger> ConnectAsync(GatewayRig rig) =>
        RawCharger.ConnectAsync(rig.PlainPort, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", Password));
}
