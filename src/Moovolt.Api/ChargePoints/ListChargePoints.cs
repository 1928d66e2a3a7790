using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.ReadModel.ChargePoints;

namespace Moovolt.Api.ChargePoints;

/// <summary>GET /charge-points: all that are known and not retired, in the order of their ids.</summary>
internal static class ListChargePoints
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/charge-points", Handle)
            .WithName(nameof(ListChargePoints))
            .WithSummary("Charge points")
            .Refuses(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<Listing<ChargePointResource>>, Problem>> Handle(
        [Description(
            "online, offline, retired, or a connector's status in OCPP's words, such as Faulted.")] string? status,
        [Description("A part of the id, name, vendor, model or serial number.")] string? search,
        [AsParameters] Paging paging,
        ChargePointTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        var page = await table.ListAsync(
            new ChargePointFilter(status, search), paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<ChargePointResource>.Of(page, ChargePointResource.Of));
    }
}
