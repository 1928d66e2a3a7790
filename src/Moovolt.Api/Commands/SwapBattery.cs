using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/swap-battery: the charger is asked to swap batteries for a token.</summary>
internal static class SwapBattery
{
    /// <param name="Token">For whom: the text of a token.</param>
    internal sealed record Body(string Token);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/swap-battery", Handle)
            .WithName(nameof(SwapBattery))
            .WithSummary("Ask the charger to swap batteries for a token; the request then shows the number of the swap");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        body.Token.Length is 0 or > TokenId.MaxLength
            ? Problem.Wrong($"'token' has 1 to {TokenId.MaxLength} characters.")
            : await dispatcher.Send(http, id, new Domain.ChargePoints.SwapBattery(body.Token), queue);
}
