using System.Net;
using System.Net.WebSockets;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>Security profiles over the program as it runs: TLS, and the ratchet that outlives it.</summary>
[Collection(Processes.Name)]
public sealed class RatchetSpec(TlsNode fixture) : IClassFixture<TlsNode>
{
    private const string Password = "a-password-of-16";

    private MoovoltProcess Node => fixture.Node;

    [Fact]
    [Trait("sec", "SEC-16")]
    public async Task Who_has_come_over_tls_is_refused_without_it_although_every_node_was_killed()
    {
        await Node.Api.Register("RATCHET", Password);
        await using (await RawCharger.Boot(Node.Ocpp, "RATCHET", Password))
        await using (await RawCharger.Boot(fixture.ByPassword, "RATCHET", Password, trusts: fixture.Issuer))
        {
            // Both were let in, one after the other: the second has turned the ratchet.
        }

        Node.Kill9();
        await Node.Start().Ready();

        await Assert.ThrowsAsync<WebSocketException>(() => RawCharger.Connect(Node.Ocpp, "RATCHET", Password));
        await using (await RawCharger.Boot(fixture.ByPassword, "RATCHET", Password, trusts: fixture.Issuer))
        {
            var seen = await Eventually.Get(
                () => Node.Api.Get("charge-points/RATCHET"),
                seen => seen["connection"]!["securityProfile"]?.GetValue<int>() == 2,
                TimeSpan.FromSeconds(20));
            Assert.Equal(2, seen["lowestSecurityProfile"]!.GetValue<int>());
        }

        var attempts = await Node.Api.All("connection-attempts");
        Assert.Contains(attempts, attempt => attempt["code"]?.GetValue<string>() == "profile-too-low");
        var lowered = await Node.Api.Put("charge-points/RATCHET", new { lowestSecurityProfile = 1 });
        Assert.Equal(HttpStatusCode.OK, lowered.Status);
        await using var lower = await RawCharger.Boot(Node.Ocpp, "RATCHET", Password);
        Charging.Result(await lower.Call("Heartbeat", new { }));
    }
}
