using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, CertificateHashDataChainType: Certificate hash data chain.</summary>
public sealed record CertificateHashDataChain(
    CertificateHashData CertificateHashData,
    [OneOf(
        "V2GRootCertificate", "MORootCertificate", "CSMSRootCertificate", "V2GCertificateChain",
        "ManufacturerRootCertificate")]
    [OneOf("OEMRootCertificate", Since = OcppVersion.V21)]
    string CertificateType,
    [MinItems(1), MaxItems(4)] ImmutableArray<CertificateHashData>? ChildCertificateHashData = null);
