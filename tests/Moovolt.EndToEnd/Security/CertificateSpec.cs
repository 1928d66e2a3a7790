using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json.Nodes;
using Moovolt.EndToEnd.Conformance;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Security;

/// <summary>A charger asks for a certificate and gets it (security whitepaper, A02): one, and about itself.</summary>
public sealed class CertificateSpec(OneNode one) : IClassFixture<OneNode>
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(30);

    private MoovoltProcess Node => one.Node;

    [Fact]
    public async Task What_a_charger_asks_for_is_signed_once_by_the_built_in_authority()
    {
        await using var charger = await Booted("ASKS", "SN-ASKS");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = Certificates.Request(key, "SN-ASKS", "Acme");
        Assert.Equal("Accepted", await Asks(charger, csr));
        var chain = await Sent(charger, 1);

        using var certificate = X509Certificate2.CreateFromPem(chain);
        using var root = X509Certificate2.CreateFromPem(
            await File.ReadAllTextAsync(Path.Combine(Node.DataDirectory, "certificate-authority.pem")));
        using var verify = new X509Chain();
        verify.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        verify.ChainPolicy.CustomTrustStore.Add(root);
        verify.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        Assert.True(verify.Build(certificate));
        Assert.Contains("CN=SN-ASKS", certificate.Subject, StringComparison.Ordinal);
        var page = await Sees(
            charger, seen => State(seen, "issued") == "accepted" && State(seen, "requests") == "accepted");
        Assert.Equal(
            certificate.SerialNumber.ToLowerInvariant(), page["issued"]![0]!["serialNumber"]!.GetValue<string>());
        Assert.Null(page["issued"]![0]!["warning"]);

        // The same request, its lines broken elsewhere.
        Assert.Equal("Accepted", await Asks(charger, csr.Replace("\n", "\r\n", StringComparison.Ordinal)));
        using var other = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Asks(charger, Certificates.Request(other, "SN-ASKS", "Acme")); // another one, which is signed after it
        Assert.NotEqual(chain, await Sent(charger, 2));
        Assert.Equal(2, charger.Asked.Count);
    }

    [Fact]
    public async Task A_certificate_that_the_charger_does_not_take_is_shown_and_given_again_when_it_asks_again()
    {
        await using var charger = await Booted("REFUSES", "SN-REFUSES", says: "Rejected");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = Certificates.Request(key, "REFUSES", "Acme"); // its identity will do, too
        await Asks(charger, csr);
        var first = await Sent(charger, 1);
        await Sees(charger, seen => State(seen, "requests") == "rejected" && State(seen, "issued") == "rejected");

        await Asks(charger, csr);
        Assert.Equal(first, await Sent(charger, 2)); // byte for byte: there is one certificate for one request
    }

    [Theory]
    [InlineData("STRANGER", "SN-OF-NOBODY", "is for")]
    [InlineData("THIEF", "SN-VICTIM", "called")]
    public async Task A_request_that_is_not_about_the_charger_alone_is_not_signed_and_says_why(
        string identity, string name, string why)
    {
        await using var victim = await Booted($"VICTIM-OF-{identity}", "SN-VICTIM");
        await using var charger = await Booted(identity, name == "SN-VICTIM" ? name : $"SN-{identity}");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        Assert.Equal("Accepted", await Asks(charger, Certificates.Request(key, name, "Acme")));

        var page = await Sees(charger, seen => State(seen, "requests") == "failed");
        Assert.Contains(why, page["requests"]![0]!["why"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.Empty(charger.Asked);
        Assert.Empty(page["issued"]!.AsArray());
    }

    [Fact]
    public async Task A_weak_key_and_a_false_signature_are_refused_at_once()
    {
        await using var charger = await Booted("WEAK", "SN-WEAK");
        using var weak = RSA.Create(1024);
        var request = new CertificateRequest("CN=SN-WEAK", weak, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        Assert.Equal("Rejected", await Asks(charger, request.CreateSigningRequestPem()));

        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var der = new CertificateRequest("CN=SN-WEAK", key, HashAlgorithmName.SHA256).CreateSigningRequest();
        der[^1] ^= 1;
        Assert.Equal("Rejected", await Asks(charger, PemEncoding.WriteString("CERTIFICATE REQUEST", der)));
    }

    [Fact]
    public async Task Without_the_built_in_authority_another_one_sends_what_it_has_signed()
    {
        var config = Path.GetTempFileName();
        await File.WriteAllTextAsync(config, "moovolt.certificate-authority.mode = none");
        await using var node = new MoovoltProcess(new Dictionary<string, string> { ["MOOVOLT_CONFIG"] = config });
        await node.Start().Ready();
        await using var charger = await RawCharger.Boot(node.Ocpp, "OUTSIDE");
        charger.Says("CertificateSigned", "Accepted");
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        await Asks(charger, Certificates.Request(key, "OUTSIDE", "Acme"));
        var page = await Eventually.Get(
            () => node.Api.Get("charge-points/OUTSIDE/certificates"),
            seen => State(seen, "requests") == "requested", Soon);
        var csrHash = page["requests"]![0]!["csrHash"]!.GetValue<string>();

        // What an authority outside reads, signs and brings.
        using var authority = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var issuer = new CertificateRequest("CN=Outside", authority, HashAlgorithmName.SHA256)
            .CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(9));
        var certificateChain = Signed(page["requests"]![0]!["csr"]!.GetValue<string>(), issuer, authority);
        const string send = "charge-points/OUTSIDE/commands/send-certificate";
        var wrong = await node.Api.Post(send, new { csrHash, certificateChain = issuer.ExportCertificatePem() });
        Assert.Equal(HttpStatusCode.UnprocessableEntity, wrong.Status);
        var sent = await node.Api.Post(send, new { csrHash, certificateChain });
        Assert.Equal("accepted", sent["state"]!.GetValue<string>());

        var after = await Eventually.Get(
            () => node.Api.Get("charge-points/OUTSIDE/certificates"),
            seen => State(seen, "issued") == "accepted", Soon);
        Assert.Equal("CN=Outside", after["issued"]![0]!["issuer"]!.GetValue<string>());
        Assert.Contains("ends within", after["issued"]![0]!["warning"]!.GetValue<string>(), StringComparison.Ordinal);
        Assert.False(File.Exists(Path.Combine(node.DataDirectory, "certificate-authority.key")));
        File.Delete(config);
    }

    [Fact]
    public async Task A_root_that_is_installed_is_shown_under_the_name_by_which_it_is_deleted()
    {
        await using var charger = await Booted("TRUSTS", "SN-TRUSTS");
        charger.Says("InstallCertificate", "Accepted");
        charger.Says("DeleteCertificate", "Accepted");
        await Node.Api.Post(
            "charge-points/TRUSTS/commands/install-certificate", new { use = "csmsRoot", certificate = Certificates.Root });
        var page = await Sees(charger, seen => (seen["installed"] as JsonArray)?.Count == 1);
        using var root = X509Certificate2.CreateFromPem(Certificates.Root);
        var name = page["installed"]![0]!;
        Assert.Equal(
            Convert.ToHexStringLower(SHA256.HashData(root.IssuerName.RawData)), name["issuerNameHash"]!.GetValue<string>());

        await Node.Api.Post("charge-points/TRUSTS/commands/delete-certificate", new
        {
            hashAlgorithm = name["hashAlgorithm"]!.GetValue<string>(),
            issuerNameHash = name["issuerNameHash"]!.GetValue<string>(),
            issuerKeyHash = name["issuerKeyHash"]!.GetValue<string>(),
            serialNumber = name["serialNumber"]!.GetValue<string>(),
        });
        await Sees(charger, seen => (seen["installed"] as JsonArray)?.Count == 0);
    }

    [Fact]
    public void The_private_key_is_for_nobody_else_to_read()
    {
        if (OperatingSystem.IsWindows()) return; // files have no mode there
        Assert.Equal(
            UnixFileMode.UserRead | UnixFileMode.UserWrite,
            File.GetUnixFileMode(Path.Combine(Node.DataDirectory, "certificate-authority.key")));
    }

    private static string Signed(string csr, X509Certificate2 issuer, ECDsa authority)
    {
        var request = CertificateRequest.LoadSigningRequestPem(csr, HashAlgorithmName.SHA256);
        using var certificate = request.Create(
            issuer.SubjectName, X509SignatureGenerator.CreateForECDsa(authority),
            DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7), [1, 2, 3]);
        return certificate.ExportCertificatePem();
    }

    private async Task<RawCharger> Booted(string identity, string serial, string says = "Accepted")
    {
        var charger = await RawCharger.Connect(Node.Ocpp, identity);
        charger.Says("CertificateSigned", says);
        Charging.Result(await charger.Call(
            "BootNotification",
            new { chargePointVendor = "Raw", chargePointModel = "One", chargePointSerialNumber = serial }));
        await Eventually.Get(
            () => Node.Api.Get($"charge-points/{identity}"),
            seen => seen["serialNumber"]?.GetValue<string>() == serial, Soon);
        return charger;
    }

    private static async Task<string> Asks(RawCharger charger, string csr) =>
        Charging.Result(await charger.Call("SignCertificate", new { csr }))["status"]!.GetValue<string>();

    private static async Task<string> Sent(RawCharger charger, int times)
    {
        Assert.True(await Eventually.Is(() => charger.Asked.Count >= times, Soon));
        var frame = charger.Asked.ElementAt(times - 1);
        Assert.Equal("CertificateSigned", frame[2]!.GetValue<string>());
        return frame[3]!["certificateChain"]!.GetValue<string>();
    }

    private Task<Api.Answer> Sees(RawCharger charger, Func<Api.Answer, bool> fits) =>
        Eventually.Get(() => Node.Api.Get($"charge-points/{charger.Identity}/certificates"), fits, Soon);

    private static string? State(Api.Answer page, string list) =>
        (page[list] as JsonArray)?.FirstOrDefault()?["state"]?.GetValue<string>();
}
