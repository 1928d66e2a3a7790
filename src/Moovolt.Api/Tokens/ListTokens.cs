using System.ComponentModel;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.ReadModel.Tokens;

namespace Moovolt.Api.Tokens;

/// <summary>GET /tokens: who may charge, in the order of the ids.</summary>
internal static class ListTokens
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/tokens", Handle)
            .WithName(nameof(ListTokens))
            .WithSummary("Tokens")
            .Refuses(StatusCodes.Status400BadRequest);

    private static async Task<Results<Ok<Listing<TokenResource>>, Problem>> Handle(
        Word<TokenStatus>? status,
        [Description("A part of the id, the parent or the driver.")] string? search,
        [AsParameters] Paging paging,
        TokenTable table,
        CancellationToken cancellation)
    {
        if (paging.Wrong is { } wrong) return wrong;
        var filter = new TokenFilter(status?.Value.ToString().ToLowerInvariant(), search);
        var page = await table.ListAsync(filter, paging.Rows, paging.Cursor, cancellation);
        return TypedResults.Ok(Listing<TokenResource>.Of(page, TokenResource.Of));
    }
}
