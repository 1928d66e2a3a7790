using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.ReadModel.Tokens;

namespace Moovolt.Api.Tokens;

/// <summary>GET /tokens/{idToken}: one token.</summary>
internal static class GetToken
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapGet("/tokens/{idToken}", Handle)
            .WithName(nameof(GetToken))
            .WithSummary("One token")
            .Refuses(StatusCodes.Status404NotFound);

    private static async Task<Results<Ok<TokenResource>,
    Problem>> Handle(string idToken, TokenTable table, HttpContext http)
    {
        var id = Segment.Token(idToken);
        if (await table.FindAsync(id, http.RequestAborted) is not { } row)
            return Problem.NotFound($"There is no token {id}.");

        var resource = TokenResource.Of(row);
        http.Response.GetTypedHeaders().ETag = TokenResource.TagOf(resource);
        return TypedResults.Ok(resource);
    }
}
