using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/start-charging: the charger is asked to let a token charge.</summary>
internal static class StartCharging
{
    /// <param name="Token">Who charges: the text of a token.</param>
    /// <param name="Evse">Where; the charger chooses when left out.</param>
    /// <param name="Connector">Which connector of the EVSE; 1 when left out.</param>
    /// <param name="Profile">Limits for the transaction that begins; of purpose transaction.</param>
    /// <param name="WithinSeconds">
    /// How long the driver may take to plug in, 5 to 3600 s, before it is without effect; 180 when left out.
    /// </param>
    internal sealed record Body(
        string Token, int? Evse = null, int? Connector = null, ProfileShape? Profile = null, int? WithinSeconds = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/start-charging", Handle)
            .WithName(nameof(StartCharging))
            .WithSummary("Ask the charger to begin a transaction for a token");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (Place.Wrong(body.Evse, body.Connector) is { } wrong) return wrong;
        if (body.Token.Length is 0 or > TokenId.MaxLength)
            return Problem.Wrong($"'token' has 1 to {TokenId.MaxLength} characters.");
        if (body.WithinSeconds is < 5 or > 3600) return Problem.Wrong("'withinSeconds' is 5 to 3600.");

        var wish = new Domain.ChargePoints.StartCharging(
            body.Token, Place.Of(body.Evse, body.Connector), body.Profile?.For(chargePoint: null), body.WithinSeconds);
        return await dispatcher.Send(http, id, wish, queue);
    }
}
