using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>Security profile 3: a charger proves itself by its certificate.</summary>
public sealed class ClientCertificateSpec : IDisposable
{
    private const string Password = "a-password-of-24-letters";

    private readonly TestIssuer certificates = new();

    public void Dispose() => certificates.Dispose();

    [Fact]
    [Trait("sec", "SEC-13")]
    public async Task A_charger_gets_in_by_a_certificate_that_names_its_identity_and_needs_no_password()
    {
        await using var rig = await StartAsync();
        await using var charger = await ConnectAsync(rig, certificates.Leaf("CP1"));

        Assert.Equal(101, charger.Status);
        Assert.Equal(3, Assert.Single(await rig.Entities.UntilTold<OpenSession>()).SecurityProfile);
        Assert.Equal(3, (await rig.Credentials.FindAsync(new("CP1"), default))!.LowestProfile);
    }

    [Theory]
    [Trait("sec", "SEC-13")]
    [InlineData(null, "SN-77", "SN-77", 101)] // what it told at its last boot
    [InlineData(null, "SN-77", "CP1", 101)]
    [InlineData("SN-1", "SN-77", "SN-1", 101)] // what its operator registered
    [InlineData("SN-1", "SN-77", "SN-77", 401)]
    [InlineData("SN-1", "SN-77", "CP1", 401)]
    [InlineData(null, "SN-77", "sn-77", 401)]
    public async Task Whom_the_certificate_must_name(string? registered, string told, string named, int status)
    {
        await using var rig = await StartAsync();
        await rig.Credentials.PutAsync(new("CP1"), 3, null, default, old => old with { CertificateName = registered });
        await rig.IntroduceAsync("CP1", serial: told);
        await using var charger = await ConnectAsync(rig, certificates.Leaf(named));

        Assert.Equal(status, charger.Status);
    }

    [Fact]
    [Trait("sec", "SEC-13")]
    [Trait("sec", "SEC-14")]
    public async Task Every_other_certificate_is_the_same_401_and_only_operators_learn_why()
    {
        using var stranger = TestIssuer.Issuer("Moovolt test root");
        var revoked = certificates.Leaf("CP1");
        var list = certificates.Revoke(revoked);
        await using var rig = await StartAsync($"client-certificates.revocation-lists = [\"{list}\"]");
        await rig.RegisterAsync("CP2", 3, null);
        var now = DateTimeOffset.UtcNow;
        (X509Certificate2 Shown, string Why)[] tries =
        [
            (certificates.Leaf("CP1", by: stranger), "Nobody whom we trust issued it."),
            (certificates.Leaf("CP1", until: now.AddHours(-1)), "It has expired, or is not valid yet."),
            (certificates.Leaf("CP1", from: now.AddHours(1)), "It has expired, or is not valid yet."),
            (revoked, "It was revoked."),
            (certificates.Leaf("CP1", organization: "Somebody else"), "Its organisation (O) is not ours."),
            (certificates.Leaf("CP2"), "It was issued to another charger"),
            (certificates.Leaf("CP1", purpose: TestIssuer.Server), "It was not issued for clients."),
        ];
        var answers = new HashSet<string>();
        foreach (var ((shown, why), before) in tries.Select((one, before) => (one, before)))
        {
            await using var charger = await ConnectAsync(rig, shown);
            Assert.Equal(401, charger.Status);
            answers.Add(charger.Body);
            await rig.CountedAsync(before + 1);
            var attempt = Assert.Single(await rig.AttemptsAsync()); // the same once more, and why it was the last time
            Assert.Equal("invalid-charge-point-certificate", attempt.Code);
            Assert.StartsWith(why, attempt.Reason, StringComparison.Ordinal);
        }

        Assert.Single(answers);
        Assert.Empty(rig.Entities.Told);
        await using var valid = await ConnectAsync(rig, certificates.Leaf("CP1", rsa: 2048));
        Assert.Equal(101, valid.Status);
    }

    [Fact]
    [Trait("sec", "SEC-13")]
    public async Task A_key_that_is_too_short_gets_nobody_in()
    {
        await using var rig = await StartAsync();
        var status = 401;
        try
        {
            await using var charger = await ConnectAsync(rig, certificates.Leaf("CP1", rsa: 1024));
            status = charger.Status;
        }
        catch (Exception cut) when (cut is IOException or AuthenticationException)
        {
            // A TLS library that is set strictly says no before we do.
        }

        Assert.Equal(401, status);
        Assert.True(Assert.Single(await rig.AttemptsAsync()).Code is "invalid-charge-point-certificate" or "tls-handshake-failed");
        Assert.Empty(rig.Entities.Told);
    }

    [Fact]
    [Trait("sec", "SEC-13")]
    public async Task Without_a_certificate_there_is_no_profile_3_whatever_the_password()
    {
        await using var rig = await StartAsync();
        await rig.RegisterAsync("CP1", 3, Encoding.UTF8.GetBytes(Password));
        await using var charger = await RawCharger.ConnectAsync(
            new Way(rig.TlsPort, certificates.Client()), "/ocpp/CP1", authorization: RawCharger.Basic("CP1", Password));

        Assert.Equal(401, charger.Status);
        Assert.Equal("profile-too-low", Assert.Single(await rig.AttemptsAsync()).Code);
    }

    [Fact]
    public async Task A_listener_of_both_kinds_takes_a_password_too_until_the_charger_has_come_with_a_certificate()
    {
        await using var rig = await StartAsync(profiles: "2, 3");
        await rig.RegisterAsync("CP1", 2, Encoding.UTF8.GetBytes(Password));
        await using var first = await RawCharger.ConnectAsync(
            new Way(rig.TlsPort, certificates.Client()), "/ocpp/CP1", authorization: RawCharger.Basic("CP1", Password));
        await using var second = await ConnectAsync(rig, certificates.Leaf("CP1"));
        await using var third = await RawCharger.ConnectAsync(
            new Way(rig.TlsPort, certificates.Client()), "/ocpp/CP1", authorization: RawCharger.Basic("CP1", Password));

        Assert.Equal((101, 101, 401), (first.Status, second.Status, third.Status));
    }

    [Theory]
    [Trait("sec", "SEC-15")]
    [InlineData("""{"chargePointVendor":"V","chargePointModel":"M","chargePointSerialNumber":"SN-2"}""", 1008)]
    [InlineData("""{"chargePointVendor":"V","chargePointModel":"M","chargeBoxSerialNumber":"SN-2"}""", 1008)]
    [InlineData("""{"chargePointVendor":"V","chargePointModel":"M","chargePointSerialNumber":"CP1"}""", 0)]
    [InlineData("""{"chargePointVendor":"V","chargePointModel":"M","chargePointSerialNumber":"SN-2","chargeBoxSerialNumber":"CP1"}""", 0)]
    [InlineData("""{"chargePointVendor":"V","chargePointModel":"M"}""", 0)]
    public async Task Who_says_another_serial_number_than_its_certificate_is_sent_away(string boot, int close)
    {
        await using var rig = await StartAsync();
        await using var charger = await ConnectAsync(rig, certificates.Leaf("CP1"));
        await charger.CallAsync("1", "BootNotification", boot);

        if (close == 0)
        {
            Assert.Equal("Accepted", (await charger.ReadFrameAsync())[2].GetProperty("status").GetString());
            return;
        }

        Assert.Equal(close, await charger.ReadCloseAsync());
        Assert.Equal("invalid-charge-point-certificate", Assert.Single(await rig.AttemptsAsync()).Code);
        Assert.Empty(rig.Entities.ToldOf<ReportBoot>());
    }

    [Fact]
    [Trait("sec", "SEC-19")]
    public async Task What_a_proxy_would_say_of_addresses_and_certificates_is_believed_from_nobody()
    {
        await using var rig = await StartAsync();
        var pem = Convert.ToBase64String(certificates.Leaf("CP1").RawData);
        await using var charger = await RawCharger.ConnectAsync(
            rig.Port, "/ocpp/CP1", headers: [
                "X-Forwarded-For: 10.9.8.7", "X-Forwarded-Proto: https", $"X-ARR-ClientCert: {pem}", $"X-Client-Cert: {pem}",
                "Forwarded: for=10.9.8.7;proto=https",
            ]);

        Assert.Equal(401, charger.Status);
        var attempt = Assert.Single(await rig.AttemptsAsync());
        Assert.Equal(("no-credentials", "127.0.0.1"), (attempt.Code, attempt.RemoteAddress));
    }

    private async Task<GatewayRig> StartAsync(string more = "", string profiles = "3")
    {
        var rig = await GatewayRig.StartAsync(Listener(profiles, more));
        await rig.RegisterAsync("CP1", 3, null);
        return rig;
    }

    private Task<RawCharger> ConnectAsync(GatewayRig rig, X509Certificate2 shown) =>
        RawCharger.ConnectAsync(new Way(rig.TlsPort, certificates.Client(shown)), "/ocpp/CP1");

    private string Listener(string profiles = "2", string more = "", string kinds = "ecdsa rsa") => $"""
        dev = off
        handshake-timeout = 60s
        tls.reload-every = 100ms
        {certificates.Listener("wss", profiles, kinds: kinds)}
        {more}
        """;
}
