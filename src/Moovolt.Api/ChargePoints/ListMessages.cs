using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Doors;
using Moovolt.ReadModel.Messages;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/messages: the last frames, for support. Secrets were taken out before they were kept.
/// </summary>
internal static class ListMessages
{
    /// <param name="Epoch">Which session of the charger.</param>
    /// <param name="Action">OCPP's action, where it is known.</param>
    /// <param name="Truncated">True when only the beginning was kept.</param>
    internal sealed record Message(
        FrameDirection Direction, string? Action, string Frame, bool Truncated, long Epoch, DateTimeOffset At);

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}/messages", Handle)
            .WithName(nameof(ListMessages))
            .WithSummary("The last frames between a charger and us, the latest first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<Listing<Message>>, Problem>> Handle(
        string id, [AsParameters] Paging paging,
        ChargePointTable chargePoints, MessageTable table, CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");

        var page = await table.ListAsync(known, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<Message>.Of(page, row => new Message(
            row.Direction, row.Action, row.Frame, row.Truncated, row.Epoch, row.At)));
    }
}
