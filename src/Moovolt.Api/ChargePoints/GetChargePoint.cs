using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain;
using Moovolt.ReadModel.ChargePoints;

namespace Moovolt.Api.ChargePoints;

/// <summary>GET /charge-points/{id}: one charge point.</summary>
internal static class GetChargePoint
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points/{id}", Handle)
            .WithName(nameof(GetChargePoint))
            .WithSummary("One charge point: its connection, connectors and open transactions")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<ChargePointResource>, Problem>> Handle(
        string id, ChargePointTable table, HttpContext http)
    {
        var row = ChargePointId.TryParse(id, out var known) ? await table.FindAsync(known, http.RequestAborted) : null;
        if (row is null) return Problem.NotFound($"There is no charge point {id}.");

        http.Response.GetTypedHeaders().ETag = ChargePointResource.TagOf(row);
        return TypedResults.Ok(ChargePointResource.Of(row));
    }
}
