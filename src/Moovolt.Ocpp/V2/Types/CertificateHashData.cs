using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, CertificateHashDataType: which certificate, by hashes (RFC 6960, 4.1.1).</summary>
public sealed record CertificateHashData(
    [OneOf("SHA256", "SHA384", "SHA512")] string HashAlgorithm,
    [MaxLength(128)] string IssuerNameHash,
    [MaxLength(128)] string IssuerKeyHash,
    [MaxLength(40)] string SerialNumber);
