using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/unlock: the charger is asked to let a plug go.</summary>
internal static class UnlockConnector
{
    internal sealed record Body(int Evse, int? Connector = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/unlock", Handle)
            .WithName(nameof(UnlockConnector))
            .WithSummary("Ask the charger to unlock a connector");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (Place.Wrong(body.Evse, body.Connector) is { } wrong) return wrong;
        return await dispatcher.Send(http, id, new Unlock(new(body.Evse, body.Connector ?? 1)), queue);
    }
}
