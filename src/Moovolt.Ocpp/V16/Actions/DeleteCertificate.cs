using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Wish = Moovolt.Domain.ChargePoints.DeleteCertificate;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6 security whitepaper, 5.2: do not trust that root any more.</summary>
[OcppAction("DeleteCertificate", OcppVersion.V16)]
public sealed record DeleteCertificate(CertificateHashData CertificateHashData) : ICsmsCall<Wish>
{
    public sealed record Response([OneOf("Accepted", "Failed", "NotFound")] string Status);

    public static Wording ToCall(Wish request) =>
        Wording.Of(new DeleteCertificate(CertificateHashData.Of(request.Name)));

    // What was not found is gone all the same.
    public StationAnswer ToAnswer(Heard heard) => heard.Judge("Accepted") with
    {
        Outcome = heard.Status is "Accepted" or "NotFound" ? new CertificateGone(CertificateHashData.ToName()) : null,
    };
}
