using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Wish = Moovolt.Domain.ChargePoints.InstallCertificate;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, M05: trust this root.</summary>
[OcppAction("InstallCertificate", OcppVersion.V201, OcppVersion.V21)]
public sealed record InstallCertificate(
    [OneOf("V2GRootCertificate", "MORootCertificate", "CSMSRootCertificate", "ManufacturerRootCertificate")]
    [OneOf("OEMRootCertificate", Since = OcppVersion.V21)]
    string CertificateType,
    [MaxLength(5500), MaxLength(10000, Since = OcppVersion.V21)] string Certificate) : ICsmsCall<Wish>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "Failed")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(Wish request) =>
        Wording.Of(new InstallCertificate(Certificates.WordOf(request.Use), request.Certificate));

    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted");
}
