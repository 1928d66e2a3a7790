using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/show-cost: the charger shows what a transaction costs so far.</summary>
internal static class ShowCost
{
    /// <param name="Transaction">Its local id, or its whole id.</param>
    /// <param name="Total">In the charger's currency, taxes included.</param>
    internal sealed record Body(string Transaction, decimal Total);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/show-cost", Handle)
            .WithName(nameof(ShowCost))
            .WithSummary("Have the charger show what a transaction costs so far");

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(http, id, new Domain.ChargePoints.ShowCost(RunningTransaction.LocalId(id, body.Transaction), body.Total), queue);
}
