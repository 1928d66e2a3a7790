using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/reserve: the charger is asked to keep a connector for a token.</summary>
internal static class ReserveConnector
{
    /// <param name="Token">For whom: the text of a token.</param>
    /// <param name="ExpiresAt">Until when.</param>
    /// <param name="Evse">Where; any one of them when left out.</param>
    /// <param name="Connector">Which connector of the EVSE; 1 when left out.</param>
    /// <param name="Parent">Every token of this group may use it.</param>
    internal sealed record Body(
        string Token, DateTimeOffset ExpiresAt, int? Evse = null, int? Connector = null, string? Parent = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/reserve", Handle)
            .WithName(nameof(ReserveConnector))
            .WithSummary(
                "Ask the charger to keep a connector for a token; the request then shows the reservation's id");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, TimeProvider clock, Dispatcher dispatcher, HttpContext http)
    {
        if (Place.Wrong(body.Evse, body.Connector) is { } wrong) return wrong;
        if (body.Token.Length is 0 or > TokenId.MaxLength)
            return Problem.Wrong($"'token' has 1 to {TokenId.MaxLength} characters.");
        if (body.Parent?.Length is 0 or > TokenId.MaxLength)
            return Problem.Wrong($"'parent' has 1 to {TokenId.MaxLength} characters, or is left out.");
        if (body.ExpiresAt <= clock.GetUtcNow()) return Problem.Wrong("'expiresAt' is over already.");

        var wish = new Reserve(body.Token, Place.Of(body.Evse, body.Connector), body.ExpiresAt, body.Parent);
        return await dispatcher.Send(http, id, wish, queue);
    }
}
