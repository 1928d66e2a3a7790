using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Wish = Moovolt.Domain.ChargePoints.InstallCertificate;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6 security whitepaper, 5.13: trust this root.</summary>
[OcppAction("InstallCertificate", OcppVersion.V16)]
public sealed record InstallCertificate(
    [OneOf("CentralSystemRootCertificate", "ManufacturerRootCertificate")] string CertificateType,
    [MaxLength(5500)] string Certificate) : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Failed", "Rejected")] string Status);

    public static Wording ToCall(Wish request) =>
        Wording.Of(new InstallCertificate(CertificateTypes.WordOf(request.Use), request.Certificate));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted") with
    {
        Outcome = heard.Status == "Accepted" && IssuedCertificate.NameOfRoot(Certificate) is { } name
            ? new CertificateInstalled(CertificateTypes.UseOf(CertificateType), name)
            : null,
    };
}
