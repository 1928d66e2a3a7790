using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Moovolt.Api.Http;
using Moovolt.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.Tokens;

namespace Moovolt.Api.Tokens;

/// <summary>PUT /tokens/{idToken}: who a token is. A member left out stays as it is; null clears it.</summary>
internal static class PutToken
{
    private const int LongestId = 36;
    private const int LongestText = 100;

    internal sealed record Body
    {
        /// <summary>accepted when it was never said.</summary>
        public Settable<TokenStatus?> Status { get; init; }

        /// <summary>From then on it may not charge.</summary>
        public Settable<DateTimeOffset?> ExpiresAt { get; init; }

        /// <summary>The group it belongs to.</summary>
        public Settable<string?> Parent { get; init; }

        public Settable<string?> Driver { get; init; }

        /// <summary>How many transactions at once; null for no limit.</summary>
        public Settable<int?> MaxConcurrent { get; init; }
    }

    public static void Map(IEndpointRouteBuilder api) =>
        api.MapPut("/tokens/{idToken}", Handle)
            .WithName(nameof(PutToken))
            .WithSummary("Define a token, or change it")
            .Refuses(
                StatusCodes.Status400BadRequest,
                StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<TokenResource>, Created<TokenResource>, Problem>> Handle(
        string idToken, Body body, Entities entities, TokenTable table,
        Settling settling, TimeProvider clock, HttpContext http)
    {
        var id = Segment.Token(idToken);
        await settling.Of(id, http.RequestAborted);
        var before = await table.FindAsync(id, http.RequestAborted);
        if (Versions.Unwanted(http.Request, TokenResource.TagOf(before)) is { } unwanted) return unwanted;

        var wanted = Merge(id, body, before, http.User.Operator(), clock.GetUtcNow());
        var reasons = Reasons(wanted).ToArray();
        if (reasons.Length > 0) return Problem.Wrong("The token cannot be as it was asked for.", [.. reasons]);

        await entities.Ask(wanted, http.RequestAborted);

        await settling.Of(id, http.RequestAborted);
        if (await table.FindAsync(id, http.RequestAborted) is not { } row)
            return Problem.Unavailable(
                "It is defined, but what people look at does not show it yet. Read it in a moment.");

        http.Response.GetTypedHeaders().ETag = TokenResource.TagOf(row);
        var resource = TokenResource.Of(row);
        return before is null
            ? TypedResults.Created($"/api/v1/tokens/{Segment.Escape(id.Key)}", resource) : TypedResults.Ok(resource);
    }

    private static DefineToken Merge(TokenId id, Body body, TokenRow? before, string by, DateTimeOffset now)
    {
        var known = before?.Status is "blocked" ? TokenStatus.Blocked : TokenStatus.Accepted;
        return new DefineToken(
            id,
            body.Status.Over(known) is TokenStatus.Blocked,
            body.ExpiresAt.Over(before?.ExpiresAt),
            body.Parent.Over(before?.Parent),
            body.Driver.Over(before?.Driver),
            body.MaxConcurrent.Over(before?.MaxConcurrent),
            by,
            now);
    }

    private static IEnumerable<string> Reasons(DefineToken wanted)
    {
        if (wanted.Id.Key.Length > LongestId || wanted.Id.Key.Any(char.IsControl))
            yield return $"The id of a token has 1 to {LongestId} characters, none of them a control character.";
        if (wanted.MaxConcurrent is < 1 or > 1_000)
            yield return "'maxConcurrent' is 1 to 1000, or null for no limit. To refuse a token, block it.";
        if (wanted.Parent?.Length is 0 or > LongestId)
            yield return $"'parent' has 1 to {LongestId} characters, or is null.";
        if (wanted.Driver?.Length is 0 or > LongestText)
            yield return $"'driver' has 1 to {LongestText} characters, or is null.";
    }
}
