using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Commands;

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
        string commandId, Entities entities, CommandTable table, TimeProvider clock, HttpContext http)
    {
        if (!CommandId.TryParse(commandId, out var id)) return Problem.NotFound($"There is no command {commandId}.");

        var cancel = new CancelRequest(id.ChargePoint, id.Text, http.User.Operator(), clock.GetUtcNow());
        return await entities.Ask(cancel, http.RequestAborted) switch
        {
            Reply.Refused { NotFound: true } => Forgotten(id, await table.FindAsync(id.Text, http.RequestAborted)),
            Reply.Refused refused => Problem.Conflict("too-late", refused.Reason),
            _ => TypedResults.NoContent(),
        };
    }

    // A charge point remembers the last ones that are over; the table has all of them.
    private static Results<NoContent, Problem> Forgotten(CommandId id, CommandRow? row) => row switch
    {
        null => Problem.NotFound($"There is no command {id.Text} that could be taken back."),
        { State: RequestState.Cancelled } => TypedResults.NoContent(),
        _ => Problem.Conflict("too-late", "The command is over already and cannot be taken back."),
    };
}
