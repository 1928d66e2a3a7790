using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>
/// OCPP 1.6 security whitepaper, 5.9: please have this signed. The answer says whether it can be taken on (A02.FR.11):
/// it can be read, is signed with its own key, and that is a strong one. Whether it will be signed, who it is for and
/// whose it is included, comes as CertificateSigned.
/// </summary>
[OcppAction("SignCertificate", OcppVersion.V16)]
public sealed record SignCertificate([MaxLength(5500)] string Csr) : IChargerCall
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status);

    public Step Handle(Arrival arrival) => SigningRequest.TryRead(Csr, out var request, out _)
        ? Step.Stored(
            new RequestCertificate(arrival.From, arrival.Epoch, Csr, request.Hash, arrival.At), new Response("Accepted"))
        : new Step.Respond(new Response("Rejected"));
}
