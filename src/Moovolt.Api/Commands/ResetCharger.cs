using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/reset: the charger is asked to start anew.</summary>
internal static class ResetCharger
{
    /// <summary>soft: when its transactions have ended properly. hard: at once.</summary>
    internal enum Kind
    {
        Soft,
        Hard,
    }

    internal sealed record Body(Kind Kind);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/reset", Handle)
            .WithName(nameof(ResetCharger))
            .WithSummary("Ask the charger to start anew");

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(http, id, new Restart(body.Kind == Kind.Hard), queue);
}
