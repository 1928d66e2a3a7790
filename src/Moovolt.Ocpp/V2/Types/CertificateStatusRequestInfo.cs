using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, CertificateStatusRequestInfoType: which certificate is asked about, and who might know.</summary>
public sealed record CertificateStatusRequestInfo(
    CertificateHashData CertificateHashData,
    [OneOf("CRL", "OCSP")] string Source,
    [MinItems(1), MaxItems(5), MaxLength(2000)] ImmutableArray<string> Urls);
