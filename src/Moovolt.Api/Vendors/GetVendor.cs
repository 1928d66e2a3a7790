using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.ReadModel.Vendors;

namespace Moovolt.Api.Vendors;

/// <summary>GET /data-transfer-vendors/{vendorId}: what is agreed with one vendor.</summary>
internal static class GetVendor
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/data-transfer-vendors/{vendorId}", Handle)
            .WithName(nameof(GetVendor))
            .WithSummary("One vendor whose messages are known")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<VendorResource>, Problem>> Handle(
        string vendorId, VendorTable table, HttpContext http)
    {
        var id = Segment.Text(vendorId);
        if (await table.FindAsync(id, http.RequestAborted) is not { } row)
            return Problem.NotFound($"No vendor {id} is registered.");

        http.Response.GetTypedHeaders().ETag = VendorResource.TagOf(row);
        return TypedResults.Ok(VendorResource.Of(row));
    }
}
