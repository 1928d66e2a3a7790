using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Certificates;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/send-certificate: the charger is given the certificate that it asked for. This is
/// how a certificate authority of one's own takes the place of the built-in one.
/// </summary>
internal static class SendCertificate
{
    /// <summary>OCPP 1.6 security whitepaper, 5.1.</summary>
    private const int Longest = 10_000;

    /// <param name="CsrHash">Which request it answers, as GET /charge-points/{id}/certificates lists it.</param>
    /// <param name="CertificateChain">PEM, the charger's own first; at most 10,000 characters.</param>
    internal sealed record Body(string CsrHash, string CertificateChain);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/send-certificate", Handle)
            .WithName(nameof(SendCertificate))
            .WithSummary("Give the charger the certificate that it asked for");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, CertificateTable table, Dispatcher dispatcher, HttpContext http)
    {
        var request = ChargePointId.TryParse(id, out var known)
            ? await table.RequestAsync(known, body.CsrHash, http.RequestAborted)
            : null;
        if (request is null) return Problem.NotFound($"{id} has asked for no certificate under {body.CsrHash}.");
        var certificate = body.CertificateChain.Length > Longest ? null : IssuedCertificate.FirstOf(body.CertificateChain);
        if (certificate is null)
            return Problem.Wrong($"'certificateChain' begins with a certificate in PEM; it has at most {Longest} characters.");
        var isOurs = SigningRequest.TryRead(request.Csr, out var asked, out _)
            && asked.PublicKey.SequenceEqual(certificate.PublicKey);
        if (!isOurs) return Problem.Wrong("The first certificate of 'certificateChain' is not about the key of that request.");

        return await dispatcher.Send(
            http, id, new Domain.ChargePoints.SendCertificate(body.CertificateChain, body.CsrHash), queue);
    }
}
