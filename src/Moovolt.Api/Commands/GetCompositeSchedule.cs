using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>POST /charge-points/{id}/commands/get-composite-schedule: what will the charger draw at most?</summary>
internal static class GetCompositeSchedule
{
    private const int LongestSeconds = 7 * 24 * 3600;

    /// <param name="DurationSeconds">From now on: up to a week.</param>
    /// <param name="Evse">Where; left out for the grid connection, all connectors together.</param>
    /// <param name="Unit">In what; the charger chooses when it is left out.</param>
    internal sealed record Body(int DurationSeconds, int? Evse = null, int? Connector = null, LimitUnit? Unit = null);

    public static void Map(IEndpointRouteBuilder commands) =>
        commands.MapPost("/get-composite-schedule", Handle)
            .WithName(nameof(GetCompositeSchedule))
            .WithSummary("Ask what the charger will draw at most, all limits taken together");

    private static async Task<Results<Ok<CommandResource>, Accepted<CommandResource>, Problem>> Handle(
        string id, Body body, int? queue, Dispatcher dispatcher, HttpContext http)
    {
        if (Place.Wrong(body.Evse, body.Connector) is { } wrong) return wrong;
        if (body.DurationSeconds is < 1 or > LongestSeconds)
            return Problem.Wrong($"'durationSeconds' is 1 to {LongestSeconds}, not {body.DurationSeconds}.");

        var wish = new ReadCompositeSchedule(
            Place.Of(body.Evse, body.Connector) ?? ConnectorId.ChargePoint, body.DurationSeconds, (RateUnit?)body.Unit);
        return await dispatcher.Send(http, id, wish, queue);
    }
}
