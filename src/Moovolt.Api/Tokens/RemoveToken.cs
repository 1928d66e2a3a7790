using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.ReadModel.Tokens;

namespace Moovolt.Api.Tokens;

/// <summary>DELETE /tokens/{idToken}: nobody knows it from then on. Its history stays.</summary>
internal static class RemoveToken
{
    public static void Map(IEndpointRouteBuilder api) =>
        api.MapDelete("/tokens/{idToken}", Handle)
            .WithName(nameof(RemoveToken))
            .WithSummary("Take a token away")
            .Refuses(
                StatusCodes.Status404NotFound, StatusCodes.Status409Conflict, StatusCodes.Status412PreconditionFailed);

    private static async Task<Results<NoContent, Problem>> Handle(
        string idToken, Entities entities, TokenTable table, Settling settling, TimeProvider clock, HttpContext http)
    {
        var id = Segment.Token(idToken);
        var isBound = Versions.AreAsked(http.Request);
        if (isBound && !await settling.Of(id, http.RequestAborted)) return Versions.Unknown;
        var before = await table.FindAsync(id, http.RequestAborted);
        var known = before is null ? null : TokenResource.Of(before);
        if (Versions.Unwanted(http.Request, TokenResource.TagOf(known)) is { } unwanted) return unwanted;

        var command = new Domain.Tokens.RemoveToken(
            id, http.User.Operator(), clock.GetUtcNow(), isBound ? before?.ChangedAt : null);
        if (await entities.Ask(command, http.RequestAborted) is Reply.Refused refused) return Problem.Of(refused);

        await settling.Of(id, http.RequestAborted);
        return TypedResults.NoContent();
    }
}
