using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2;

/// <summary>What 2.x calls certificates and their uses. Those of the V2G chain have no use here.</summary>
internal static class Certificates
{
    private const string CsmsRoot = "CSMSRootCertificate";
    private const string ManufacturerRoot = "ManufacturerRootCertificate";

    public static string WordOf(CertificateUse use) => use == CertificateUse.CsmsRoot ? CsmsRoot : ManufacturerRoot;

    /// <summary>Null for a use that is none of ours.</summary>
    public static CertificateUse? UseOf(string word) => word switch
    {
        CsmsRoot => CertificateUse.CsmsRoot,
        ManufacturerRoot => CertificateUse.ManufacturerRoot,
        _ => null,
    };

    /// <summary>Whether all of it could be read: what a charger lists may lack members, whatever the schema says.</summary>
    public static bool IsWhole(CertificateHashData? data) =>
        data is { HashAlgorithm: not null, IssuerNameHash: not null, IssuerKeyHash: not null, SerialNumber: not null };

    public static CertificateHashData ToWire(CertificateName name) =>
        new(name.HashAlgorithm, name.IssuerNameHash, name.IssuerKeyHash, name.SerialNumber);

    public static CertificateName NameOf(OcspRequestData data) =>
        new(data.HashAlgorithm, data.IssuerNameHash, data.IssuerKeyHash, data.SerialNumber);

    public static CertificateName NameOf(CertificateHashData data) =>
        new(data.HashAlgorithm, data.IssuerNameHash, data.IssuerKeyHash, data.SerialNumber);
}
