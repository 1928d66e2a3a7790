using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.ReadModel.Vendors;

namespace Moovolt.Api.Vendors;

/// <summary>DELETE /data-transfer-vendors/{vendorId}: its messages are unknown from then on; the others stay.</summary>
internal static class RemoveVendor
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/data-transfer-vendors/{vendorId}", Handle)
            .WithName(nameof(RemoveVendor))
            .WithSummary("Take a vendor's messages no more")
            .Refuses(StatusCodes.Status404NotFound, StatusCodes.Status412PreconditionFailed);

    private static async Task<Results<NoContent, Problem>> Handle(
        string vendorId, VendorTable table, HttpContext http)
    {
        var id = Segment.Text(vendorId);
        var before = await table.FindAsync(id, http.RequestAborted);
        if (before is not null && Versions.Unwanted(http.Request, VendorResource.TagOf(before)) is { } unwanted) return unwanted;

        return await table.RemoveAsync(id, http.RequestAborted)
            ? TypedResults.NoContent()
            : Problem.NotFound($"No vendor {id} is registered.");
    }
}
