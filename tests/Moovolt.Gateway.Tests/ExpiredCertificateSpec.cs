using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Moovolt.Domain.ChargePoints;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>
/// A charger whose operator said so is let in with a certificate that has expired, to have a new one signed (OCPP 2.0.1,
/// A00.FR.429). Nothing but that is forgiven.
/// </summary>
public sealed class ExpiredCertificateSpec : IDisposable
{
    private static readonly DateTimeOffset AnHourAgo = DateTimeOffset.UtcNow.AddHours(-1);

    private readonly TestIssuer certificates = new();

    public void Dispose() => certificates.Dispose();

    [Theory]
    [Trait("sec", "SEC-14")]
    [InlineData(true, 101)]
    [InlineData(false, 401)]
    public async Task It_gets_in_where_it_is_set_so_and_operators_see_by_what(bool accepts, int status)
    {
        await using var rig = await StartAsync(accepts: accepts);
        await using var charger = await ConnectAsync(rig, certificates.Leaf("CP1", until: AnHourAgo));

        Assert.Equal(status, charger.Status);
        var attempt = Assert.Single(await rig.AttemptsAsync());
        Assert.Equal(
            (accepts ? "expired-certificate" : "invalid-charge-point-certificate", status), (attempt.Code, attempt.HttpStatus));
        Assert.Contains("expired", attempt.Reason, StringComparison.Ordinal);
        if (!accepts) return;

        var open = Assert.Single(await rig.Entities.UntilTold<OpenSession>());
        Assert.InRange(AnHourAgo - open.CertificateExpiredAt!.Value, TimeSpan.Zero, TimeSpan.FromSeconds(2));
        Assert.Equal(0, (await rig.Credentials.FindAsync(new("CP1"), default))!.LowestProfile);
    }

    [Fact]
    [Trait("sec", "SEC-14")]
    public async Task Nothing_but_its_expiry_is_forgiven()
    {
        using var stranger = TestIssuer.Issuer("Moovolt test root");
        using var gone = ExpiredIssuer();
        await File.AppendAllTextAsync(certificates.PathOf("root.pem"), $"\n{gone.ExportCertificatePem()}\n");
        var revoked = certificates.Leaf("CP1", until: AnHourAgo);
        var list = certificates.Revoke(revoked);
        await using var rig = await StartAsync($"client-certificates.revocation-lists = [\"{list}\"]");
        X509Certificate2[] tries =
        [
            certificates.Leaf("CP1", until: AnHourAgo, by: stranger),
            certificates.Leaf("CP1", until: AnHourAgo, by: gone),
            certificates.Leaf("CP1", from: DateTimeOffset.UtcNow.AddHours(1)),
            revoked,
            certificates.Leaf("CP1", until: AnHourAgo, organization: "Somebody else"),
            certificates.Leaf("CP2", until: AnHourAgo),
            certificates.Leaf("CP1", until: AnHourAgo, purpose: TestIssuer.Server),
        ];
        foreach (var shown in tries)
        {
            await using var charger = await ConnectAsync(rig, shown);
            Assert.Equal(401, charger.Status);
        }

        Assert.Empty(rig.Entities.Told);
        Assert.All(await rig.AttemptsAsync(), attempt => Assert.Equal("invalid-charge-point-certificate", attempt.Code));
        await using var valid = await ConnectAsync(rig, certificates.Leaf("CP1"));
        Assert.Equal(101, valid.Status);
        Assert.Null(Assert.Single(await rig.Entities.UntilTold<OpenSession>()).CertificateExpiredAt);
    }

    [Fact]
    [Trait("sec", "SEC-14")]
    public async Task While_it_is_pending_it_may_ask_for_a_certificate_and_nothing_else_is_taken_from_it()
    {
        await using var rig = await StartAsync();
        rig.Entities.Registered = Registration.Pending;
        await using var charger = await ConnectAsync(rig, certificates.Leaf("CP1", until: AnHourAgo));
        foreach (var (action, payload) in new[] { ("Heartbeat", "{}"), ("MeterValues", "{}"), ("StartTransaction", "{}") })
        {
            await charger.CallAsync(action, action, payload);
            Assert.Equal("SecurityError", (await charger.ReadFrameAsync())[2].GetString());
        }

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = new CertificateRequest("CN=CP1", key, HashAlgorithmName.SHA256).CreateSigningRequestPem().ReplaceLineEndings("\\n");
        await charger.CallAsync("sign", "SignCertificate", $$"""{"csr":"{{csr}}"}""");
        Assert.Equal("Accepted", (await charger.ReadFrameAsync())[2].GetProperty("status").GetString());
        Assert.Single(rig.Entities.ToldOf<RequestCertificate>());
    }

    private static X509Certificate2 ExpiredIssuer()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Gone", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        return request.CreateSelfSigned(AnHourAgo.AddYears(-1), AnHourAgo);
    }

    private async Task<GatewayRig> StartAsync(string more = "", bool accepts = true)
    {
        var rig = await GatewayRig.StartAsync($"""
            dev = off
            handshake-timeout = 60s
            {certificates.Listener("wss", "3")}
            {more}
            """);
        await rig.Credentials.PutAsync(new("CP1"), 3, null, default, old => old with { AcceptExpired = accepts });
        return rig;
    }

    private Task<RawCharger> ConnectAsync(GatewayRig rig, X509Certificate2 shown) =>
        RawCharger.ConnectAsync(new Way(rig.TlsPort, certificates.Client(shown)), "/ocpp/CP1");
}
