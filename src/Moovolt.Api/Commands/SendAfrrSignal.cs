using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/send-afrr-signal: a signal of the grid, to be followed at once.</summary>
internal static class SendAfrrSignal
{
    /// <param name="At">Of which moment; now when left out.</param>
    internal sealed record Body(int Signal, DateTimeOffset? At = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/send-afrr-signal", Handle)
            .WithName(nameof(SendAfrrSignal))
            .WithSummary("Send a signal of the grid");

    private static Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, TimeProvider clock, HttpContext http) =>
        dispatcher.Send(http, id, new SignalGrid((body.At ?? clock.GetUtcNow()).ToUniversalTime(), body.Signal), queue);
}
