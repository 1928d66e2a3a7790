using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;
using Wish = Moovolt.Domain.ChargePoints.DeleteCertificate;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, M04: do not trust that root any more.</summary>
[OcppAction("DeleteCertificate", OcppVersion.V201, OcppVersion.V21)]
public sealed record DeleteCertificate(CertificateHashData CertificateHashData) : ICsmsCall<Wish>
{
    public sealed record Response(
        [OneOf("Accepted", "Failed", "NotFound")] string Status,
        StatusInfo? StatusInfo = null);

    public static Wording ToCall(Wish request) => Wording.Of(new DeleteCertificate(Certificates.ToWire(request.Name)));

    // What was not found is gone all the same.
    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted") with
    {
        Outcome = heard.Status is "Accepted" or "NotFound"
            ? new CertificateGone(Certificates.NameOf(CertificateHashData))
            : null,
    };
}
