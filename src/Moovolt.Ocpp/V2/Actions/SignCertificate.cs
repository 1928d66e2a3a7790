using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, A02: please have this signed. The answer says whether it can be taken on, not whether it will be
/// signed: that comes as CertificateSigned. Nobody here signs for the V2G chain.
/// </summary>
[OcppAction("SignCertificate", OcppVersion.V201, OcppVersion.V21)]
public sealed record SignCertificate(
    [MaxLength(5500)] string Csr,
    [OneOf("ChargingStationCertificate", "V2GCertificate")]
    [OneOf("V2G20Certificate", Since = OcppVersion.V21)]
    string? CertificateType = null,
    [Since(OcppVersion.V21)] CertificateHashData? HashRootCertificate = null,
    [Since(OcppVersion.V21)] int? RequestId = null) : IChargerCall
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public Step Handle(Arrival arrival) =>
        CertificateType is (null or "ChargingStationCertificate") && SigningRequest.TryRead(Csr, out var request, out _)
            ? Step.Stored(
                new RequestCertificate(arrival.From, arrival.Epoch, Csr, request.Hash, arrival.At),
                new Response("Accepted"))
            : new Step.Respond(new Response("Rejected"));
}
