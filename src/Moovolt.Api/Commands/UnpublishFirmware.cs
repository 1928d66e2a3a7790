using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/unpublish-firmware: the charger keeps a firmware no more.</summary>
internal static class UnpublishFirmware
{
    /// <param name="Checksum">MD5, in hexadecimal.</param>
    internal sealed record Body(string Checksum);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/unpublish-firmware", Handle)
            .WithName(nameof(UnpublishFirmware))
            .WithSummary("Have the charger keep a firmware for others no more");

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(http, id, new Domain.ChargePoints.UnpublishFirmware(body.Checksum), queue);
}
