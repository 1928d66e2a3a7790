using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Commands;

namespace Moovolt.Api.Commands;

/// <summary>GET /commands/{id}: how far a command has come.</summary>
internal static class GetCommand
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/commands/{commandId}", Handle)
            .WithName(nameof(GetCommand))
            .WithSummary("How far a command has come")
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status409Conflict);

    private static async Task<Results<Ok<CommandResource>, Problem>> Handle(
        string commandId, CommandTable table, Dispatcher dispatcher, CancellationToken cancellation)
    {
        if (!CommandId.TryParse(commandId, out var id)) return Problem.NotFound($"There is no command {commandId}.");

        // What is over stays as it is. What is not, or is not shown yet, only the charge point knows just now.
        var row = await table.FindAsync(id.Text, cancellation);
        if (row is { State: not (RequestState.Queued or RequestState.Sent or RequestState.TimedOut) })
            return TypedResults.Ok(CommandResource.Of(row));
        return await Ask(id, dispatcher, cancellation) switch
        {
            RequestStanding standing => TypedResults.Ok(CommandResource.Of(id.ChargePoint.Value, standing.Request)),
            _ when row is not null => TypedResults.Ok(CommandResource.Of(row)),
            Reply.Refused { NotFound: true } => Problem.NotFound($"There is no command {commandId}."),
            Reply.Refused refused => Problem.Of(refused),
            _ => Problem.Unavailable(
                "No table shows that command yet, and its charge point cannot be asked just now: it may have been given to it, "
                + "or not."),
        };
    }

    // Null: it cannot be asked now.
    private static async Task<Reply?> Ask(CommandId id, Dispatcher dispatcher, CancellationToken cancellation)
    {
        try
        {
            return await dispatcher.Find(id, cancellation);
        }
        catch (TimeoutException)
        {
            return null;
        }
    }
}
