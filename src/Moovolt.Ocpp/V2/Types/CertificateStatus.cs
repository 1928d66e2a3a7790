using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, CertificateStatusType: how a certificate is.</summary>
public sealed record CertificateStatus(
    CertificateHashData CertificateHashData,
    [OneOf("CRL", "OCSP")] string Source,
    [OneOf("Good", "Revoked", "Unknown", "Failed")] string Status,
    DateTimeOffset NextUpdate);
