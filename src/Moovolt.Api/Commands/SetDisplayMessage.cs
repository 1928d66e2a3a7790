using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/set-display-message: the charger shows a text.</summary>
internal static class SetDisplayMessage
{
    private const int LongestText = 1024;

    /// <param name="Id">The same id replaces.</param>
    /// <param name="Priority">OCPP's word: AlwaysFront, InFront or NormalCycle.</param>
    /// <param name="State">OCPP's word for the state in which it is shown; in any when left out.</param>
    /// <param name="Transaction">Its local id or its whole id: the message goes with it.</param>
    internal sealed record Body(
        int Id,
        string Text,
        string Priority = "NormalCycle",
        string Format = "UTF8",
        string? Language = null,
        string? State = null,
        DateTimeOffset? From = null,
        DateTimeOffset? To = null,
        string? Transaction = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/set-display-message", Handle)
            .WithName(nameof(SetDisplayMessage))
            .WithSummary("Have the charger show a text");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (body.Text.Length is 0 or > LongestText) return Problem.Wrong($"'text' has 1 to {LongestText} characters.");
        if (body.Id < 0) return Problem.Wrong("'id' is at least 0.");
        return await dispatcher.Send(
            http,
            id,
            new ShowMessage(
                body.Id, body.Text, body.Priority, body.Format, body.Language, body.State,
                body.From?.ToUniversalTime(), body.To?.ToUniversalTime(),
                body.Transaction is { } named ? RunningTransaction.LocalId(id, named) : null),
            queue);
    }
}
