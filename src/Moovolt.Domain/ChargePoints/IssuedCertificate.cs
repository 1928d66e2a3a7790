using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Moovolt.Domain.ChargePoints;

/// <summary>What a certificate says of itself.</summary>
/// <param name="SerialNumber">In lower-case hex.</param>
/// <param name="Subject">For whom, as people write it.</param>
/// <param name="Issuer">By whom.</param>
/// <param name="Fingerprint">SHA-256 of it in DER, in lower-case hex.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo in DER.</param>
public sealed record IssuedCertificate(
    string SerialNumber,
    string Subject,
    string Issuer,
    DateTimeOffset NotBefore,
    DateTimeOffset NotAfter,
    string Fingerprint,
    ImmutableArray<byte> PublicKey)
{
    /// <summary>The first certificate of a chain in PEM, which is the charger's own; null when there is none.</summary>
    public static IssuedCertificate? FirstOf(string chain)
    {
        try
        {
            using var certificate = X509Certificate2.CreateFromPem(chain);
            return new IssuedCertificate(
                certificate.SerialNumber.ToLowerInvariant(),
                certificate.Subject,
                certificate.Issuer,
                certificate.NotBefore.ToUniversalTime(),
                certificate.NotAfter.ToUniversalTime(),
                Convert.ToHexStringLower(certificate.GetCertHash(HashAlgorithmName.SHA256)),
                [.. certificate.PublicKey.ExportSubjectPublicKeyInfo()]);
        }
        catch (CryptographicException)
        {
            return null;
        }
    }
}
