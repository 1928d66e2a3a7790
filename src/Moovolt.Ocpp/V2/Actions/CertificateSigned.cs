using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, A02: the certificate that the charger asked for.</summary>
[OcppAction("CertificateSigned", OcppVersion.V201, OcppVersion.V21)]
public sealed record CertificateSigned(
    [MaxLength(10000)] string CertificateChain,
    [OneOf("ChargingStationCertificate", "V2GCertificate")]
    [OneOf("V2G20Certificate", Since = OcppVersion.V21)]
    string? CertificateType = null,
    [Since(OcppVersion.V21)] int? RequestId = null) : ICsmsCall<SendCertificate>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public static Wording ToCall(SendCertificate request) =>
        Wording.Of(new CertificateSigned(request.Chain, "ChargingStationCertificate"));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted");
}
