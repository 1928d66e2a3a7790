using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.ReadModel.Vendors;

namespace Moovolt.Api.Vendors;

/// <summary>GET /data-transfer-vendors: whose messages are known, in the order of their ids.</summary>
internal static class ListVendors
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/data-transfer-vendors", Handle)
            .WithName(nameof(ListVendors))
            .WithSummary("Vendors whose messages are known")
            .Refuses(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<Listing<VendorResource>>, Problem>> Handle(
        [AsParameters] Paging paging, VendorTable table, CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        var page = await table.ListAsync(paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<VendorResource>.Of(page, VendorResource.Of));
    }
}
