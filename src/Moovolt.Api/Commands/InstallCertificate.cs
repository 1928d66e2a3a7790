using System.Security.Cryptography;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/install-certificate: the charger shall trust a root.</summary>
internal static class InstallCertificate
{
    private const int Longest = 5500;

    /// <param name="Use">csmsRoot or manufacturerRoot.</param>
    /// <param name="Certificate">PEM, at most 5,500 characters.</param>
    internal sealed record Body(CertificateUse Use, string Certificate);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/install-certificate", Handle)
            .WithName(nameof(InstallCertificate))
            .WithSummary("Have the charger trust a root certificate");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        var isCertificate = PemEncoding.TryFind(body.Certificate, out var fields)
            && body.Certificate.AsSpan()[fields.Label].SequenceEqual("CERTIFICATE");
        if (!isCertificate || body.Certificate.Length > Longest)
            return Problem.Wrong($"'certificate' is one certificate in PEM, of at most {Longest} characters.");
        return await dispatcher.Send(
            http, id, new Domain.ChargePoints.InstallCertificate(body.Use, body.Certificate), queue);
    }
}
