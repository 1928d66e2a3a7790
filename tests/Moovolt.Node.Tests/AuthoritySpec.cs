using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Akka.Configuration;
using Moovolt.Domain;
using Moovolt.Node.Signing;
using Xunit;

namespace Moovolt.Node.Tests;

public sealed class AuthoritySpec : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChargePointId Id = new("CP-1");

    private readonly string _directory = Directory.CreateTempSubdirectory("moovolt-authority-").FullName;

    [Fact]
    public void One_request_has_one_certificate_whoever_asks_and_however_often()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var csr = Request(key, "CN=SN-1, O=Acme");
        string first;
        using (var authority = Open()) first = authority.Sign(Id, csr, ["SN-1"], Noon).Chain!;
        using (var again = Open()) Assert.Equal(first, again.Sign(Id, csr, ["SN-1"], Noon).Chain);
        using (var later = Open()) Assert.NotEqual(first, later.Sign(Id, csr, ["SN-1"], Noon.AddYears(1)).Chain);

        using var certificate = X509Certificate2.CreateFromPem(first);
        Assert.Equal(Noon.AddDays(90).UtcDateTime, certificate.NotAfter.ToUniversalTime());
        Assert.Equal("1.3.6.1.5.5.7.3.2", certificate.Extensions.OfType<X509EnhancedKeyUsageExtension>().Single()
            .EnhancedKeyUsages[0].Value);
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
    }

    [Theory]
    [InlineData("CN=SN-2, O=Acme")]
    [InlineData("O=Acme")]
    [InlineData("CN=SN-1, CN=SN-2, O=Acme")]
    [InlineData("CN=SN-1, O=Another")]
    [InlineData("CN=SN-1")]
    public void A_request_in_another_name_is_not_signed(string subject)
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        using var authority = Open("Acme");
        var signed = authority.Sign(Id, Request(key, subject), ["SN-1", "CP-1"], Noon);
        Assert.Null(signed.Chain);
        Assert.NotNull(signed.WhyNot);
    }

    [Fact]
    public void What_a_request_asks_for_besides_its_name_is_not_granted()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest(
            "CN=SN-1, O=Acme, OU=admin", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, critical: true));
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("csms.example.org");
        request.CertificateExtensions.Add(names.Build());
        using var authority = Open();
        using var certificate = X509Certificate2.CreateFromPem(
            authority.Sign(Id, request.CreateSigningRequestPem(), ["SN-1"], Noon).Chain!);

        Assert.DoesNotContain("admin", certificate.Subject, StringComparison.Ordinal);
        Assert.Empty(certificate.Extensions.OfType<X509SubjectAlternativeNameExtension>());
        Assert.False(certificate.Extensions.OfType<X509BasicConstraintsExtension>().Single().CertificateAuthority);
    }

    [Fact]
    public void A_key_without_its_certificate_stops_the_node()
    {
        Open().Dispose();
        File.Delete(Settings(null).CertificateFile);
        Assert.Throws<SettingException>(() => Open());
    }

    [Theory]
    [InlineData("", null, true)]
    [InlineData("mode = none", null, false)]
    [InlineData("", "Host=db", false)]
    public void Without_a_word_it_signs_on_a_node_for_development_only(string said, string? database, bool signs)
    {
        var settings = NodeSettings.FromEnvironment(name => name == "MOOVOLT_DB" ? database : null);
        Assert.Equal(signs, AuthoritySettings.From(ConfigOf(said), settings) is not null);
    }

    [Theory]
    [InlineData("mode = sometimes")]
    [InlineData("mode = development")]
    [InlineData("mode = development, key-file = k, certificate-file = c, validity = 1h")]
    public void What_cannot_be_stops_the_node(string said) => Assert.Throws<SettingException>(() =>
        AuthoritySettings.From(ConfigOf(said), NodeSettings.FromEnvironment(name => name == "MOOVOLT_DB" ? "Host=db" : null)));

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static Config ConfigOf(string said) =>
        ConfigurationFactory.ParseString($"moovolt.certificate-authority {{ {said} }}")
            .WithFallback(HoconFiles.Load("alone.conf", null));

    private static string Request(ECDsa key, string subject) =>
        new CertificateRequest(subject, key, HashAlgorithmName.SHA256).CreateSigningRequestPem();

    private DevelopmentAuthority Open(string? organization = null) => DevelopmentAuthority.Open(Settings(organization), Noon);

    private AuthoritySettings Settings(string? organization) => new(
        Path.Combine(_directory, "ca.key"), Path.Combine(_directory, "ca.pem"), organization, TimeSpan.FromDays(90));
}
