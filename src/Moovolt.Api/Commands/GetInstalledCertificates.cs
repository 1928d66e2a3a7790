using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/get-installed-certificates: which roots does the charger trust?</summary>
internal static class GetInstalledCertificates
{
    /// <param name="Use">csmsRoot or manufacturerRoot.</param>
    internal sealed record Body(CertificateUse Use);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/get-installed-certificates", Handle)
            .WithName(nameof(GetInstalledCertificates))
            .WithSummary("Read which root certificates the charger trusts");

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(http, id, new ListCertificates(body.Use), queue);
}
