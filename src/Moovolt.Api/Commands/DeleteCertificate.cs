using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/delete-certificate: the charger shall not trust a root any more.
/// </summary>
internal static class DeleteCertificate
{
    /// <param name="HashAlgorithm">SHA256, SHA384 or SHA512.</param>
    /// <param name="IssuerNameHash">In hex, as GET /charge-points/{id}/certificates lists it.</param>
    internal sealed record Body(string HashAlgorithm, string IssuerNameHash, string IssuerKeyHash, string SerialNumber);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/delete-certificate", Handle)
            .WithName(nameof(DeleteCertificate))
            .WithSummary("Have the charger forget a root certificate");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (body.HashAlgorithm is not ("SHA256" or "SHA384" or "SHA512"))
            return Problem.Wrong("'hashAlgorithm' is SHA256, SHA384 or SHA512.");
        if (body.IssuerNameHash.Length is 0 or > 128
            || body.IssuerKeyHash.Length is 0 or > 128 || body.SerialNumber.Length is 0 or > 40)
            return Problem.Wrong("Hashes have 1 to 128 characters, and a serial number 1 to 40.");
        var name = new CertificateName(body.HashAlgorithm, body.IssuerNameHash, body.IssuerKeyHash, body.SerialNumber);
        return await dispatcher.Send(http, id, new Domain.ChargePoints.DeleteCertificate(name), queue);
    }
}
