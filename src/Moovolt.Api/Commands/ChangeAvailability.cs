using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;

namespace Moovolt.Api.Commands;

/// <summary>
/// POST /charge-points/{id}/commands/change-availability: a connector, or all of it, goes in or out of use.
/// </summary>
internal static class ChangeAvailability
{
    /// <param name="Operative">False: no new transactions.</param>
    /// <param name="Evse">Where; the whole charge point when left out.</param>
    internal sealed record Body(bool Operative, int? Evse = null, int? Connector = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/change-availability", Handle)
            .WithName(nameof(ChangeAvailability))
            .WithSummary("Take a connector, or the whole charger, out of use or back");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (Place.Wrong(body.Evse, body.Connector) is { } wrong) return wrong;

        var wish = new Domain.ChargePoints.ChangeAvailability(Place.Of(body.Evse, body.Connector), body.Operative);
        return await dispatcher.Send(http, id, wish, queue);
    }
}
