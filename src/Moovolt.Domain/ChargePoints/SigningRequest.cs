using System.Collections.Immutable;
using System.Diagnostics.CodeAnalysis;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// A request for a certificate (PKCS #10, RFC 2986), as far as it can be judged by itself: it is signed with the key
/// that it is about, and that key is strong enough (security whitepaper, A00.FR.502: RSA of 2048 bits; of the curves
/// those that everybody knows, from P-256 on).
/// </summary>
/// <param name="Hash">SHA-256 of it in DER, in lower-case hex: its name, however its text breaks its lines.</param>
/// <param name="CommonName">Who it is for (CN); null when it names nobody, or several.</param>
/// <param name="Organization">Whose that is (O); null for none.</param>
/// <param name="PublicKey">SubjectPublicKeyInfo in DER.</param>
public sealed record SigningRequest(
    string Hash, string? CommonName, string? Organization, ImmutableArray<byte> PublicKey)
{
    private const string Label = "CERTIFICATE REQUEST";
    private const string CommonNameOid = "2.5.4.3";
    private const string OrganizationOid = "2.5.4.10";
    private const int ShortestRsa = 2048;
    private const int LongestRsa = 8192;

    // P-256, P-384 and P-521.
    private static readonly string[] Curves = ["1.2.840.10045.3.1.7", "1.3.132.0.34", "1.3.132.0.35"];

    /// <summary>Reads one in PEM.</summary>
    /// <param name="whyNot">A sentence: what is wrong with it.</param>
    public static bool TryRead(
        string pem, [NotNullWhen(true)] out SigningRequest? request, [NotNullWhen(false)] out string? whyNot)
    {
        (request, whyNot) = (null, null);
        if (!PemEncoding.TryFind(pem, out var fields) || !pem.AsSpan()[fields.Label].SequenceEqual(Label))
        {
            whyNot = "It is no certificate request in PEM.";
            return false;
        }

        try
        {
            // Reading one checks its signature, which proves that the asker has the key.
            var der = Convert.FromBase64String(pem[fields.Base64Data]);
            var read = CertificateRequest.LoadSigningRequest(der, HashAlgorithmName.SHA256);
            if (!IsStrong(read.PublicKey))
            {
                whyNot = "Its key is too weak: RSA of at least 2048 bits, or a curve of P-256, P-384 and P-521.";
                return false;
            }

            request = new SigningRequest(
                Convert.ToHexStringLower(SHA256.HashData(der)),
                Only(read.SubjectName, CommonNameOid),
                Only(read.SubjectName, OrganizationOid),
                [.. read.PublicKey.ExportSubjectPublicKeyInfo()]);
            return true;
        }
        catch (Exception unreadable) when (unreadable is CryptographicException or ArgumentException or FormatException)
        {
            whyNot = "It cannot be read, or its signature is not that of its key.";
            return false;
        }
    }

    private static bool IsStrong(PublicKey key)
    {
        using var rsa = key.GetRSAPublicKey();
        if (rsa is not null) return rsa.KeySize is >= ShortestRsa and <= LongestRsa;
        using var curve = key.GetECDsaPublicKey();
        return curve?.ExportParameters(includePrivateParameters: false).Curve.Oid.Value is { } oid && Curves.Contains(oid);
    }

    private static string? Only(X500DistinguishedName name, string oid)
    {
        var values = name.EnumerateRelativeDistinguishedNames()
            .Where(part => !part.HasMultipleElements && part.GetSingleElementType().Value == oid)
            .Select(part => part.GetSingleElementValue())
            .ToArray();
        return values.Length == 1 && !string.IsNullOrWhiteSpace(values[0]) ? values[0] : null;
    }
}
