using System.Net;
using System.Net.Security;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using Microsoft.Extensions.Logging;
using Moovolt.Domain.ChargePoints;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.Gateway.Tests;

/// <summary>The TLS listeners: what they speak, what they show, and who is told why a handshake came to nothing.</summary>
public sealed class TlsSpec : IDisposable
{
    private const string Password = "a-password-of-24-letters";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestIssuer certificates = new();

    public void Dispose() => certificates.Dispose();

    [Theory]
    [Trait("sec", "SEC-12")]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_128_GCM_SHA256, "ECC")]
    [InlineData(TlsCipherSuite.TLS_ECDHE_ECDSA_WITH_AES_256_GCM_SHA384, "ECC")]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_AES_128_GCM_SHA256, "RSA")]
    [InlineData(TlsCipherSuite.TLS_RSA_WITH_AES_256_GCM_SHA384, "RSA")]
    public async Task A_client_that_knows_one_suite_only_is_shown_the_certificate_that_goes_with_it(TlsCipherSuite suite, string kind)
    {
        await using var rig = await StartAsync();
        var way = new Way(rig.TlsPort, certificates.Client(protocols: SslProtocols.Tls12, suites: suite));
        await using var charger = await ConnectAsync(way);

        Assert.Equal(101, charger.Status);
        Assert.Equal(
            (suite, SslProtocols.Tls12, kind),
            (charger.Secure!.NegotiatedCipherSuite, charger.Secure.SslProtocol, KindOf(charger.Secure.RemoteCertificate)));
    }

    [Fact]
    [Trait("sec", "SEC-12")]
    public async Task Over_tls_1_3_the_ecdsa_certificate_is_shown()
    {
        await using var rig = await StartAsync();
        await using var charger = await ConnectAsync(new Way(rig.TlsPort, certificates.Client(protocols: SslProtocols.Tls13)));

        Assert.Equal((101, "ECC"), (charger.Status, KindOf(charger.Secure!.RemoteCertificate)));
    }

    [Fact]
    [Trait("sec", "SEC-12")]
    public async Task Where_there_is_one_certificate_it_is_shown_to_all()
    {
        await using var rig = await GatewayRig.StartAsync(Listener(kinds: "rsa"));
        await rig.RegisterAsync("CP1", 2, Encoding.UTF8.GetBytes(Password));
        await using var charger = await ConnectAsync(new Way(rig.TlsPort, certificates.Client(protocols: SslProtocols.Tls13)));

        Assert.Equal((101, "RSA"), (charger.Status, KindOf(charger.Secure!.RemoteCertificate)));
    }

    [Theory]
    [Trait("sec", "SEC-12")]
    [InlineData(0x000A)] // 3DES
    [InlineData(0x0002)] // NULL
    [InlineData(0x0003)] // EXPORT
    [InlineData(0x002F)] // AES in CBC mode
    public async Task A_client_that_knows_only_weak_suites_gets_an_alert_and_is_on_record(int suite)
    {
        await using var rig = await StartAsync();
        var alert = await SayAsync(rig, Hello.Say(0x0303, [(ushort)suite]));

        Assert.Equal((21, 40), (alert[0], alert[6])); // handshake_failure
        Assert.Equal("invalid-tls-cipher-suite", Assert.Single(await rig.AttemptsAsync()).Code);
    }

    [Theory]
    [Trait("sec", "SEC-11")]
    [InlineData(0x0301)] // TLS 1.0
    [InlineData(0x0302)] // TLS 1.1
    public async Task Older_versions_than_1_2_get_an_alert_and_are_on_record(int version)
    {
        await using var rig = await StartAsync();
        var alert = await SayAsync(rig, Hello.Say((ushort)version, [0x002F, 0xC02B]));

        Assert.Equal((21, 70), (alert[0], alert[6])); // protocol_version
        var attempt = Assert.Single(await rig.AttemptsAsync());
        Assert.Equal(("invalid-tls-version", "127.0.0.1"), (attempt.Code, attempt.RemoteAddress));
        Assert.Contains("InvalidTLSVersion", attempt.Reason, StringComparison.Ordinal);
        Assert.Empty(rig.Entities.Told);
    }

    [Fact]
    [Trait("sec", "SEC-12")]
    public async Task Compression_that_is_offered_is_not_taken()
    {
        await using var rig = await StartAsync();
        var said = await SayAsync(rig, Hello.Say(0x0303, [0xC02B], compression: [1, 0]), bytes: 80);

        Assert.Equal((22, 2), (said[0], said[5])); // a ServerHello
        var session = said[43];
        Assert.Equal(0, said[44 + session + 2]);
    }

    [Fact]
    public async Task What_is_no_tls_is_on_record_as_that()
    {
        await using var rig = await StartAsync();
        await using (var charger = await RawCharger.OpenAsync(new Way(rig.TlsPort)))
        {
            await charger.WriteAsync("GET /ocpp/CP1 HTTP/1.1\r\n\r\n"u8.ToArray());
            await charger.ReadBytesAsync(1_000);
        }

        Assert.Equal("no-tls", Assert.Single(await rig.AttemptsAsync()).Code);
    }

    [Fact]
    public async Task A_client_that_does_not_trust_us_is_on_record()
    {
        await using var rig = await StartAsync();
        await using (var charger = await RawCharger.OpenAsync(new Way(rig.TlsPort)))
        {
            await charger.WriteAsync(Hello.Say(0x0303, [0xC02B]));
            await charger.ReadBytesAsync(80);
            await charger.WriteAsync([21, 3, 3, 0, 2, 2, 48]); // unknown_ca
        }

        Assert.Equal("tls-handshake-failed", Assert.Single(await rig.AttemptsAsync()).Code);
    }

    [Fact]
    public async Task Certificates_are_renewed_while_sockets_stay_open()
    {
        await using var rig = await StartAsync();
        await using var before = await ConnectAsync(Over13(rig));
        var renewed = certificates.WriteServer(ecdsa: true);

        Assert.True(await UntilShownAsync(rig, renewed.Thumbprint));
        await before.CallAsync("1", "BootNotification", """{"chargePointVendor":"V","chargePointModel":"M"}""");
        Assert.Equal("1", (await before.ReadFrameAsync())[1].GetString());
    }

    [Fact]
    public async Task A_broken_pair_is_said_once_and_the_old_one_stays()
    {
        await using var rig = await StartAsync();
        await using var before = await ConnectAsync(Over13(rig));
        var shown = before.Secure!.RemoteCertificate!.GetCertHashString();
        await File.WriteAllTextAsync(certificates.PathOf("ecdsa.pem"), "no certificate");
        Assert.True(await Eventually.Is(() => Complaints().Count > 0, Patience));
        await Task.Delay(500);

        await using var after = await RawCharger.OpenAsync(Over13(rig));
        Assert.Equal(shown, after.Secure!.RemoteCertificate!.GetCertHashString());
        Assert.Single(Complaints());

        var renewed = certificates.WriteServer(ecdsa: true);
        Assert.True(await UntilShownAsync(rig, renewed.Thumbprint));

        List<string> Complaints() => [.. rig.Logs.From(LogLevel.Error).Where(line => line.Contains("keeps its certificate", StringComparison.Ordinal))];
    }

    [Fact]
    public async Task A_wildcard_and_an_end_that_is_near_are_warned_of_at_start()
    {
        certificates.WriteServer(ecdsa: true, name: "*.example");
        certificates.WriteServer(ecdsa: false, until: DateTimeOffset.UtcNow.AddHours(2));
        await using var rig = await StartAsync();

        var warnings = rig.Logs.From(LogLevel.Warning);
        Assert.Contains(warnings, line => line.Contains("wildcard", StringComparison.Ordinal));
        Assert.Contains(warnings, line => line.Contains("expires at", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Half_done_handshakes_of_one_address_use_up_its_own_places_only()
    {
        await using var rig = await GatewayRig.StartAsync(Listener(more: "tls.handshakes-per-address = 5"));
        await rig.RegisterAsync("CP1", 2, Encoding.UTF8.GetBytes(Password));
        var half = new List<RawCharger>();
        for (var i = 0; i < 8; i++)
        {
            if (await RawCharger.TryOpenAsync(new Way(rig.TlsPort)) is { } open) half.Add(open);
        }

        Assert.True(await Eventually.Is(() => rig.Limits["tls-handshakes"] == 3, Patience));

        await using var other = await ConnectAsync(Over13(rig) with { From = IPAddress.Parse("127.0.0.2") });
        Assert.Equal(101, other.Status);

        foreach (var each in half) await each.DisposeAsync();
        Assert.True(await Eventually.Is(
            async () =>
            {
                await using var again = await RawCharger.TryOpenAsync(Over13(rig));
                return again is not null;
            },
            Patience));
    }

    [Fact]
    public async Task Who_does_not_say_a_word_is_cut()
    {
        await using var rig = await GatewayRig.StartAsync(Listener(more: "handshake-timeout = 200ms"));
        await using var silent = await RawCharger.OpenAsync(new Way(rig.TlsPort));

        Assert.Empty(await silent.ReadBytesAsync(1).WaitAsync(TimeSpan.FromSeconds(10)));
        Assert.Equal(1, rig.Limits["tls-handshake-timeout"]);
    }

    [Fact]
    public async Task Operators_are_not_served_where_chargers_connect_unless_it_is_set_so()
    {
        await using var rig = await StartAsync();
        await using var open = await GatewayRig.StartAsync(Listener(more: "listeners.wss.operators = on"));
        await using var shut = await RawCharger.RequestAsync(Over13(rig), "/api/v1/cluster", "Host: localhost");
        await using var told = await RawCharger.RequestAsync(Over13(open), "/api/v1/cluster", "Host: localhost");
        await using var plain = await RawCharger.RequestAsync(rig.Port, "/api/v1/cluster", "Host: localhost");

        Assert.Equal((404, 200, 200), (shut.Status, told.Status, plain.Status));
    }

    [Fact]
    [Trait("sec", "SEC-16")]
    public async Task Who_has_come_over_tls_does_not_come_without_it_again()
    {
        await using var rig = await StartAsync();
        await rig.RegisterAsync("CP1", 1, Encoding.UTF8.GetBytes(Password));
        await using (var plain = await ConnectAsync(new Way(rig.Port))) Assert.Equal(101, plain.Status);
        await using (var secure = await ConnectAsync(Over13(rig))) Assert.Equal(101, secure.Status);
        await using var wrong = await RawCharger.ConnectAsync(rig.Port, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", "wrong"));
        await using var lower = await ConnectAsync(new Way(rig.Port));

        Assert.Equal((401, wrong.Body, wrong.Header("WWW-Authenticate")), (lower.Status, lower.Body, lower.Header("WWW-Authenticate")));
        Assert.Equal("profile-too-low", (await rig.AttemptsAsync(2))[0].Code);
        var opened = await rig.Entities.UntilTold<OpenSession>(2);
        Assert.Equal([1, 2], opened.Select(open => open.SecurityProfile).Distinct());
        Assert.Equal(2, (await rig.Credentials.FindAsync(new("CP1"), default))!.LowestProfile);
    }

    [Theory]
    [InlineData("tls-in-front", 2, 101)]
    [InlineData("tls-in-front", 1, 101)]
    [InlineData("nobody", 1, 401)]
    [InlineData("password", 2, 401)]
    public async Task Where_there_is_no_tls_the_configuration_says_who_is_let_in(string who, int registered, int status)
    {
        await using var rig = await GatewayRig.StartAsync($"dev = off, at-urls = {who}");
        await rig.RegisterAsync("CP1", registered, Encoding.UTF8.GetBytes(Password));
        await using var charger = await ConnectAsync(new Way(rig.Port));

        Assert.Equal(status, charger.Status);
    }

    private async Task<GatewayRig> StartAsync()
    {
        var rig = await GatewayRig.StartAsync(Listener());
        await rig.RegisterAsync("CP1", 2, Encoding.UTF8.GetBytes(Password));
        return rig;
    }

    private Way Over13(GatewayRig rig) => new(rig.TlsPort, certificates.Client(protocols: SslProtocols.Tls13));

    private static Task<RawCharger> ConnectAsync(Way way) =>
        RawCharger.ConnectAsync(way, "/ocpp/CP1", authorization: RawCharger.Basic("CP1", Password));

    private static async Task<byte[]> SayAsync(GatewayRig rig, byte[] hello, int bytes = 7)
    {
        await using var charger = await RawCharger.OpenAsync(new Way(rig.TlsPort));
        await charger.WriteAsync(hello);
        return await charger.ReadBytesAsync(bytes);
    }

    private Task<bool> UntilShownAsync(GatewayRig rig, string thumbprint) => Eventually.Is(async () =>
    {
        await using var charger = await RawCharger.OpenAsync(Over13(rig));
        return charger.Secure!.RemoteCertificate!.GetCertHashString() == thumbprint;
    }, Patience);

    private static string KindOf(X509Certificate? certificate) =>
        new System.Security.Cryptography.Oid(certificate!.GetKeyAlgorithm()).FriendlyName!; // both are known ones

    private string Listener(string profiles = "2", string more = "", string kinds = "ecdsa rsa") => $"""
        dev = off
        handshake-timeout = 60s
        tls.reload-every = 100ms
        {certificates.Listener("wss", profiles, kinds: kinds)}
        {more}
        """;
}
