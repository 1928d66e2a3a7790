using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16;

/// <summary>OCPP 1.6 security whitepaper, 6.1: which certificate.</summary>
public sealed record CertificateHashData(
    [OneOf("SHA256", "SHA384", "SHA512")] string HashAlgorithm,
    [MaxLength(128)] string IssuerNameHash,
    [MaxLength(128)] string IssuerKeyHash,
    [MaxLength(40)] string SerialNumber)
{
    /// <summary>
    /// Whether all of it could be read: what a charger lists may lack members, whatever the schema says.
    /// </summary>
    internal bool IsWhole => HashAlgorithm is not null
        && IssuerNameHash is not null && IssuerKeyHash is not null && SerialNumber is not null;

    public static CertificateHashData Of(CertificateName name) =>
        new(name.HashAlgorithm, name.IssuerNameHash, name.IssuerKeyHash, name.SerialNumber);

    public CertificateName ToName() => new(HashAlgorithm, IssuerNameHash, IssuerKeyHash, SerialNumber);
}

/// <summary>What 1.6 calls the uses of certificates.</summary>
internal static class CertificateTypes
{
    private const string ManufacturerRoot = "ManufacturerRootCertificate";

    public static string WordOf(CertificateUse use) =>
        use == CertificateUse.CsmsRoot ? "CentralSystemRootCertificate" : ManufacturerRoot;

    public static CertificateUse UseOf(string word) =>
        word == ManufacturerRoot ? CertificateUse.ManufacturerRoot : CertificateUse.CsmsRoot;
}
