using System.Formats.Asn1;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Moovolt.Domain.ChargePoints;
using Moovolt.Node.Inquiries;
using Moovolt.Node.Signing;
using Xunit;

namespace Moovolt.Node.Tests;

public sealed class OcspSpec : IDisposable
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly string _directory = Directory.CreateTempSubdirectory("moovolt-ocsp-").FullName;

    [Theory]
    [InlineData("SHA256")]
    [InlineData("SHA384")]
    [InlineData("SHA512")]
    public void The_authority_says_that_its_own_certificates_are_good_and_signs_it(string algorithm)
    {
        using var authority = Open();
        using var root = X509Certificate2.CreateFromPem(authority.Root);
        var name = NameOf(root, algorithm);
        var answer = authority.SayGood(name, Noon, Noon.AddDays(1));
        Assert.NotNull(answer);
        Assert.Equal((CertificateState.Good, Noon.AddDays(1)), Ocsp.Read(answer));

        var basic = new AsnReader(BasicOf(answer), AsnEncodingRules.DER).ReadSequence();
        var data = basic.ReadEncodedValue();
        basic.ReadSequence();
        using var key = root.GetRSAPublicKey()!;
        Assert.True(key.VerifyData(
            data.Span, basic.ReadBitString(out _), HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1));
    }

    [Fact]
    public void The_authority_says_nothing_of_another_s_certificates()
    {
        using var authority = Open();
        using var root = X509Certificate2.CreateFromPem(authority.Root);
        var name = NameOf(root, "SHA256");
        Assert.Null(authority.SayGood(name with { IssuerKeyHash = name.IssuerNameHash }, Noon, Noon));
        Assert.Null(authority.SayGood(name with { IssuerNameHash = "aa" }, Noon, Noon));
    }

    [Fact]
    public void A_question_names_the_certificate_and_one_that_is_not_in_hex_is_none()
    {
        var id = new AsnReader(Ocsp.Request(new CertificateName("SHA256", "AA", "bb", "1f0")), AsnEncodingRules.DER)
            .ReadSequence().ReadSequence().ReadSequence().ReadSequence().ReadSequence();
        Assert.Equal("2.16.840.1.101.3.4.2.1", id.ReadSequence().ReadObjectIdentifier());
        Assert.Equal([0xaa], id.ReadOctetString());
        Assert.Equal([0xbb], id.ReadOctetString());
        Assert.Equal(0x1f0, id.ReadInteger());
        Assert.Throws<FormatException>(() => Ocsp.Request(new CertificateName("SHA256", "no hex", "bb", "01")));
    }

    public void Dispose() => Directory.Delete(_directory, recursive: true);

    private static ReadOnlyMemory<byte> BasicOf(byte[] answer)
    {
        var response = new AsnReader(answer, AsnEncodingRules.DER).ReadSequence();
        response.ReadEncodedValue();
        var bytes = response.ReadSequence(new Asn1Tag(TagClass.ContextSpecific, 0)).ReadSequence();
        bytes.ReadObjectIdentifier();
        return bytes.ReadOctetString();
    }

    private static CertificateName NameOf(X509Certificate2 issuer, string algorithm)
    {
        var hash = new HashAlgorithmName(algorithm);
        return new CertificateName(
            algorithm,
            Convert.ToHexStringLower(CryptographicOperations.HashData(hash, issuer.SubjectName.RawData)),
            Convert.ToHexStringLower(CryptographicOperations.HashData(hash, issuer.GetPublicKey())),
            "1f");
    }

    private DevelopmentAuthority Open() => DevelopmentAuthority.Open(
        new AuthoritySettings(
            Path.Combine(_directory, "ca.key"), Path.Combine(_directory, "ca.pem"), null, TimeSpan.FromDays(90)),
        Noon);
}
