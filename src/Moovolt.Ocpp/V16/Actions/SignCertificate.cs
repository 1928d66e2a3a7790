using System.Security.Cryptography;
using System.Text;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>
/// OCPP 1.6 security whitepaper, 5.9: please have this signed. The answer says whether it can be taken on (A02.FR.11),
/// not whether it will be signed: that comes as CertificateSigned.
/// </summary>
[OcppAction("SignCertificate", OcppVersion.V16)]
public sealed record SignCertificate([MaxLength(5500)] string Csr) : IChargerCall
{
    private const string Label = "CERTIFICATE REQUEST";

    public sealed record Response([OneOf("Accepted", "Rejected")] string Status);

    public Step Handle(Arrival arrival) => IsRequest
        ? Step.Stored(new RequestCertificate(arrival.From, arrival.Epoch, Csr, Hash, arrival.At), new Response("Accepted"))
        : new Step.Respond(new Response("Rejected"));

    private bool IsRequest => PemEncoding.TryFind(Csr, out var fields) && Csr.AsSpan()[fields.Label].SequenceEqual(Label);

    private string Hash => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Csr)));
}
