using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Commands;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.CompositeSchedules;

namespace Moovolt.Api.ChargePoints;

/// <summary>GET /charge-points/{id}/composite-schedules: what the charger last said it will draw at most.</summary>
internal static class ListCompositeSchedules
{
    /// <param name="Evse">0 for the grid connection: all connectors together.</param>
    /// <param name="StartsAt">What the seconds are counted from; null when the charger did not say.</param>
    /// <param name="Command">The command that asked.</param>
    internal sealed record Composite(
        int Evse,
        int Connector,
        DateTimeOffset? StartsAt,
        ProfileShape.Limits Schedule,
        string Command,
        DateTimeOffset ReadAt);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/composite-schedules", Handle)
            .WithName(nameof(ListCompositeSchedules))
            .WithSummary("What the charger said last that it will draw at most, connector by connector")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<Composite>>, Problem>> Handle(
        string id,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        CompositeScheduleTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ListAsync(known, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Composite>.Of(page, row => new Composite(
            row.Evse,
            row.Connector,
            row.StartsAt,
            Json.Read<ProfileShape.Limits>(row.Body),
            row.RequestId,
            row.ReadAt)));
    }
}
