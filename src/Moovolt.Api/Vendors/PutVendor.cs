using System.Collections.Immutable;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Vendors;

namespace Moovolt.Api.Vendors;

/// <summary>
/// PUT /data-transfer-vendors/{vendorId}: from now on (a few seconds, on every node) its messages are taken. A member
/// left out stays as it is; null clears it.
/// </summary>
internal static class PutVendor
{
    private const int MostMessages = 100;
    private const int LongestVendor = 255;
    private const int LongestMessage = 50;

    internal sealed record Body
    {
        /// <summary>Which messages are known; null or empty for any, with or without an id.</summary>
        public Settable<ImmutableArray<string>?> MessageIds { get; init; }

        /// <summary>accepted when it was never said.</summary>
        public Settable<VendorAnswer?> Answer { get; init; }

        /// <summary>The data of the answer; at most 65,536 characters.</summary>
        public Settable<string?> ResponseData { get; init; }
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/data-transfer-vendors/{vendorId}", Handle)
            .WithName(nameof(PutVendor))
            .WithSummary("Take a vendor's messages from chargers, or change how")
            .Refuses(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status409Conflict,
                StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<VendorResource>, Created<VendorResource>, Problem>> Handle(
        string vendorId, Body body, VendorTable table, HttpContext http)
    {
        var id = Segment.Text(vendorId);
        var before = await table.FindAsync(id, http.RequestAborted);
        if (Versions.Unwanted(http.Request, VendorResource.TagOf(before)) is { } unwanted) return unwanted;

        var answered = before?.Rule.Accepts is false ? VendorAnswer.Rejected : VendorAnswer.Accepted;
        var rule = new VendorRule(
            id,
            body.MessageIds.Over(before?.Rule.MessageIds) ?? [],
            body.Answer.Over(answered) is not VendorAnswer.Rejected,
            body.ResponseData.Over(before?.Rule.ResponseData));
        var reasons = Reasons(rule).ToArray();
        if (reasons.Length > 0) return Problem.Wrong("The vendor cannot be as it was asked for.", [.. reasons]);
        if (!await table.PutAsync(rule, http.User.Operator(), http.RequestAborted))
            return Problem.Conflict("too-many", $"There are {VendorTable.Most} vendors already: remove one first.");

        var row = await table.FindAsync(id, http.RequestAborted);
        if (row is null) return Problem.Conflict("changed-meanwhile", $"{id} was removed in the same moment.");
        http.Response.GetTypedHeaders().ETag = VendorResource.TagOf(row);
        var resource = VendorResource.Of(row);
        return before is null
            ? TypedResults.Created($"/api/v1/data-transfer-vendors/{Segment.Escape(id)}", resource)
            : TypedResults.Ok(resource);
    }

    private static IEnumerable<string> Reasons(VendorRule wanted)
    {
        if (wanted.VendorId.Length > LongestVendor || wanted.VendorId.Any(char.IsControl))
            yield return $"The id of a vendor has 1 to {LongestVendor} characters, none of them a control character.";
        if (wanted.MessageIds.Length > MostMessages) yield return $"'messageIds' has at most {MostMessages} items.";
        if (wanted.MessageIds.Any(id => id.Length is 0 or > LongestMessage))
            yield return $"Each of 'messageIds' has 1 to {LongestMessage} characters.";
        if (wanted.ResponseData?.Length > DataTransfers.LongestData)
            yield return $"'responseData' has at most {DataTransfers.LongestData} characters.";
    }
}
