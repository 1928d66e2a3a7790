using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>DELETE /commands/{id}: a command that still waits for its charger is taken back.</summary>
internal static class CancelCommand
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/commands/{commandId}", Handle)
            .WithName(nameof(CancelCommand))
            .WithSummary("Take back a command that is still queued")
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);

    private static async Task<Results<NoContent, Problem>> Handle(
        string commandId, Entities entities, TimeProvider clock, HttpContext http)
    {
        if (!CommandId.TryParse(commandId, out var id)) return Problem.NotFound($"There is no command {commandId}.");

        var cancel = new CancelRequest(id.ChargePoint, id.Text, http.User.Operator(), clock.GetUtcNow());
        return await entities.Ask(cancel, http.RequestAborted) switch
        {
            Reply.Refused { NotFound: true } =>
                Problem.NotFound($"There is no command {commandId} that could be taken back."),
            Reply.Refused refused => Problem.Conflict("too-late", refused.Reason),
            _ => TypedResults.NoContent(),
        };
    }
}
