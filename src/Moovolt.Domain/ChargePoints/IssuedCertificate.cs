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
    /// <summary>
    /// What OCPP calls a root that signed itself (RFC 6960, 4.1.1), with SHA-256; null for any other, whose issuer's key
    /// it does not tell.
    /// </summary>
    public static CertificateName? NameOfRoot(string pem)
    {
        try
        {
            using var root = X509Certificate2.CreateFromPem(pem);
            if (!root.SubjectName.RawData.AsSpan().SequenceEqual(root.IssuerName.RawData)) return null;
            return new CertificateName(
                "SHA256",
                Convert.ToHexStringLower(SHA256.HashData(root.IssuerName.RawData)),
                Convert.ToHexStringLower(SHA256.HashData(root.PublicKey.EncodedKeyValue.RawData)),
                root.SerialNumber.TrimStart('0').ToLowerInvariant());
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

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
