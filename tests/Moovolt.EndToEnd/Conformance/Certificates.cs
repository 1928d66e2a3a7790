using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Moovolt.EndToEnd.Conformance;

/// <summary>Certificates that nobody relies on.</summary>
internal static class Certificates
{
    /// <summary>A root of some maker, in PEM.</summary>
    public static string Root { get; } = Make();

    /// <summary>What a charge point sends to have its key certified (RFC 2986), in PEM.</summary>
    /// <param name="key">The key, which it keeps.</param>
    /// <param name="commonName">The charge point.</param>
    /// <param name="organization">Whose it is.</param>
    public static string Request(ECDsa key, string commonName, string organization) =>
        new CertificateRequest($"CN={commonName}, O={organization}", key, HashAlgorithmName.SHA256)
            .CreateSigningRequestPem();

    private static string Make()
    {
        using var key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
        var request = new CertificateRequest("CN=Some root, O=Nobody here", key, HashAlgorithmName.SHA256);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddYears(1));
        return certificate.ExportCertificatePem();
    }
}
