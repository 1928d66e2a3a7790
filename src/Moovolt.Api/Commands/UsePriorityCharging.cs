using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/use-priority-charging: a transaction goes before others, or no more.</summary>
internal static class UsePriorityCharging
{
    /// <param name="Transaction">Its local id, or its whole id.</param>
    internal sealed record Body(string Transaction, bool Activate = true);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/use-priority-charging", Handle)
            .WithName(nameof(UsePriorityCharging))
            .WithSummary("Have a transaction go before others, or no more");

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http) =>
        dispatcher.Send(http, id, new UsePriority(RunningTransaction.LocalId(id, body.Transaction), body.Activate), queue);
}
