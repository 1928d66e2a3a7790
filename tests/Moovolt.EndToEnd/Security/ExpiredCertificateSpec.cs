using System.Net.WebSockets;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Moovolt.EndToEnd.Conformance;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Security;

/// <summary>A charger whose certificate has expired gets another one by OCPP, where its operator lets it in so.</summary>
[Collection(Processes.Name)]
public sealed class ExpiredCertificateSpec(TlsNode secure) : IClassFixture<TlsNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private MoovoltProcess Node => secure.Node;

    [Theory]
    [Trait("sec", "SEC-14")]
    [InlineData("ocpp1.6", "ExtendedTriggerMessage", "SignChargePointCertificate")]
    [InlineData("ocpp2.0.1", "TriggerMessage", "SignChargingStationCertificate")]
    [InlineData("ocpp2.1", "TriggerMessage", "SignChargingStationCertificate")]
    public async Task An_expired_certificate_gets_a_charger_in_to_renew_it_and_for_nothing_else(
        string protocol, string trigger, string requested)
    {
        var identity = $"OVER-{protocol[4..]}";
        var expired = secure.Issuer.Leaf(identity, until: DateTimeOffset.UtcNow.AddHours(-1));
        await Node.Api.Put($"charge-points/{identity}", new { securityProfile = 3 });
        await Assert.ThrowsAsync<WebSocketException>(() => Connect(identity, protocol, expired));

        var said = await Node.Api.Put($"charge-points/{identity}", new { acceptExpired = true });
        Assert.True(said["acceptExpired"]!.GetValue<bool>());
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        X509Certificate2 renewed;
        await using (var charger = await Connect(identity, protocol, expired))
        {
            charger.Says(trigger, "Accepted");
            charger.Says("CertificateSigned", "Accepted");
            Assert.Equal("Pending", await Boots(charger, protocol));
            var asked = await Asked(charger, trigger);
            Assert.Equal(requested, asked["requestedMessage"]!.GetValue<string>());
            Assert.Equal("SecurityError", Charging.ErrorCode(await charger.Call("Heartbeat", new { })));

            var signing = Charging.Result(await charger.Call(
                "SignCertificate", new { csr = Certificates.Request(key, identity, TestIssuer.Organization) }));
            Assert.Equal("Accepted", signing["status"]!.GetValue<string>());
            await IsSigned(identity);
            var chain = (await Asked(charger, "CertificateSigned"))["certificateChain"]!.GetValue<string>();
            renewed = X509Certificate2.CreateFromPem(chain).CopyWithPrivateKey(key);

            var seen = await Eventually.Get(
                () => Node.Api.Get($"charge-points/{identity}"),
                seen => seen["connection"]!["certificateExpiredAt"] is not null, Soon);
            Assert.Null(seen["lowestSecurityProfile"]);
            Assert.True(await Eventually.Is(
                async () => (await Node.Api.All($"connection-attempts?chargePoint={identity}"))
                    .Any(attempt => attempt["code"]?.GetValue<string>() == "expired-certificate"),
                Soon));
        }

        await using var good = await Connect(identity, protocol, renewed);
        Assert.Equal("Accepted", await Boots(good, protocol));
        Charging.Result(await good.Call("Heartbeat", new { }));
        var after = await Eventually.Get(
            () => Node.Api.Get($"charge-points/{identity}"),
            seen => seen["lowestSecurityProfile"]?.GetValue<int>() == 3, Soon);
        Assert.Null(after["connection"]!["certificateExpiredAt"]);
    }

    [Fact]
    [Trait("sec", "SEC-14")]
    public async Task Switched_off_it_is_closed_who_came_so_and_gets_nobody_in()
    {
        const string identity = "OVER-AND-OUT";
        var expired = secure.Issuer.Leaf(identity, until: DateTimeOffset.UtcNow.AddHours(-1));
        await Node.Api.Put($"charge-points/{identity}", new { securityProfile = 3, acceptExpired = true });
        await using var charger = await Connect(identity, "ocpp1.6", expired);
        Assert.Equal("Pending", await Boots(charger, "ocpp1.6"));

        await Node.Api.Put($"charge-points/{identity}", new { acceptExpired = false });
        Assert.Equal(WebSocketCloseStatus.PolicyViolation, await charger.Closed(Soon));
        await Assert.ThrowsAsync<WebSocketException>(() => Connect(identity, "ocpp1.6", expired));
    }

    private Task<RawCharger> Connect(string identity, string protocol, X509Certificate2 shows) =>
        RawCharger.Connect(secure.ByCertificate, identity, subprotocol: protocol, trusts: secure.Issuer, shows: shows);

    // As an authority outside does it.
    private async Task IsSigned(string identity)
    {
        var page = await Eventually.Get(
            () => Node.Api.Get($"charge-points/{identity}/certificates"), seen => Request(seen) is not null, Soon);
        var certificateChain = secure.Issuer.Sign(Request(page)!["csr"]!.GetValue<string>()).ExportCertificatePem();
        var csrHash = Request(page)!["csrHash"]!.GetValue<string>();
        var sent = await Node.Api.Post($"charge-points/{identity}/commands/send-certificate", new { csrHash, certificateChain });
        Assert.Equal("accepted", sent["state"]!.GetValue<string>());
    }

    private static JsonNode? Request(Api.Answer page) => (page["requests"] as JsonArray)?.FirstOrDefault();

    private static async Task<string> Boots(RawCharger charger, string protocol)
    {
        object boot = protocol == "ocpp1.6"
            ? new { chargePointVendor = "Raw", chargePointModel = "One" }
            : new { reason = "PowerUp", chargingStation = new { vendorName = "Raw", model = "One" } };
        return Charging.Result(await charger.Call("BootNotification", boot))["status"]!.GetValue<string>();
    }

    private static async Task<JsonNode> Asked(RawCharger charger, string action)
    {
        Assert.True(await Eventually.Is(() => charger.Asked.Any(call => call[2]!.GetValue<string>() == action), Soon));
        return charger.Asked.First(call => call[2]!.GetValue<string>() == action)[3]!;
    }
}
