using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, OCSPRequestDataType: which certificate is asked about.</summary>
public sealed record OcspRequestData(
    [OneOf("SHA256", "SHA384", "SHA512")] string HashAlgorithm,
    [MaxLength(128)] string IssuerNameHash,
    [MaxLength(128)] string IssuerKeyHash,
    [MaxLength(40)] string SerialNumber,
    [MaxLength(512), MaxLength(2000, Since = OcppVersion.V21)] string ResponderURL);
