using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.EventStreams;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Api.ChargePoints;

/// <summary>
/// GET /charge-points/{id}/event-streams and …/{stream}/values: the streams of values that a charger opened (OCPP 2.1),
/// and the last values of one.
/// </summary>
internal static class ListEventStreams
{
    public static void Map(IEndpointRouteBuilder api)
    {
        api.MapGet("/charge-points/{id}/event-streams", Streams)
            .WithName(nameof(ListEventStreams))
            .WithSummary("The streams of monitored values that a charger opened")
            .Refuses(StatusCodes.Status404NotFound);
        api.MapGet("/charge-points/{id}/event-streams/{stream}/values", Values)
            .WithName("ListStreamValues")
            .WithSummary("The last values of a stream, the latest told first")
            .Refuses(StatusCodes.Status400BadRequest, StatusCodes.Status404NotFound);
    }

    private static async Task<Results<Ok<Listing<EventStreamRow>>, Problem>> Streams(
        string id, ChargePointTable chargePoints, EventStreamTable table, CancellationToken cancellation)
    {
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");
        var rows = await table.ListAsync(known, cancellation);
        return TypedResults.Ok(Listing<EventStreamRow>.Of(new Page<EventStreamRow>([.. rows], null), row => row));
    }

    private static async Task<Results<Ok<Listing<StreamValueRow>>, Problem>> Values(
        string id,
        int stream,
        [AsParameters] Paging paging,
        ChargePointTable chargePoints,
        EventStreamTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        if (!ChargePointId.TryParse(id, out var known) || await chargePoints.FindAsync(known, cancellation) is null)
            return Problem.NotFound($"There is no charge point {id}.");
        var page = await table.ValuesAsync(known, stream, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<StreamValueRow>.Of(page, row => row));
    }
}
