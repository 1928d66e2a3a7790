using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6 security whitepaper, 5.1: the certificate that the charger asked for.</summary>
[OcppAction("CertificateSigned", OcppVersion.V16)]
public sealed record CertificateSigned([MaxLength(10000)] string CertificateChain) : ICsmsCall<SendCertificate>
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status);

    public static Wording ToCall(SendCertificate request) => Wording.Of(new CertificateSigned(request.Chain));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted");
}
