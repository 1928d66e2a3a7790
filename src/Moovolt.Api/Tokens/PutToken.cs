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
                StatusCodes.Status409Conflict,
                StatusCodes.Status412PreconditionFailed,
                StatusCodes.Status422UnprocessableEntity);

    private static async Task<Results<Ok<TokenResource>, Created<TokenResource>, Problem>> Handle(
        string idToken, Body body, Entities entities, TokenTable table,
        Settling settling, TimeProvider clock, HttpContext http)
    {
        var id = Segment.Token(idToken);
        var isBound = Versions.AreAsked(http.Request);
        if (isBound && !await settling.Of(id, http.RequestAborted)) return Versions.Unknown;
        var before = await table.FindAsync(id, http.RequestAborted);
        var known = before is null ? null : TokenResource.Of(before);
        if (Versions.Unwanted(http.Request, TokenResource.TagOf(known)) is { } unwanted) return unwanted;

        var wanted = Wanted(id, body, before, http.User.Operator(), clock.GetUtcNow()) with
        {
            SeenAt = isBound ? before?.ChangedAt : null,
        };
        var reasons = Reasons(wanted).ToArray();
        if (reasons.Length > 0) return Problem.Wrong("The token cannot be as it was asked for.", [.. reasons]);

        var reply = await entities.Ask(wanted, http.RequestAborted);
        if (reply is Reply.Refused refused) return Problem.Of(refused);

        await settling.Of(id, http.RequestAborted);
        if (await Standing(reply, id, table, http.RequestAborted) is not { } resource)
            return Problem.Unavailable(
                "It is defined, but what people look at does not show it yet. Read it in a moment.");

        http.Response.GetTypedHeaders().ETag = TokenResource.TagOf(resource);
        var isNew = reply is TokenStanding standing ? standing.IsNew : before is null;
        return isNew
            ? TypedResults.Created($"/api/v1/tokens/{Segment.Escape(id.Key)}", resource) : TypedResults.Ok(resource);
    }

    // The token's own word, which is true however far the tables are behind. Members of the release before give none.
    private static async Task<TokenResource?> Standing(
        Reply reply, TokenId id, TokenTable table, CancellationToken cancellation) =>
        reply is TokenStanding standing ? TokenResource.Of(standing.Definition)
        : await table.FindAsync(id, cancellation) is { } row ? TokenResource.Of(row)
        : null;

    // The token itself fills in what was not said. What stands there is for members of the release before.
    private static DefineToken Wanted(TokenId id, Body body, TokenRow? before, string by, DateTimeOffset now)
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
            now,
            body.Status.As(TokenMembers.Status) | body.ExpiresAt.As(TokenMembers.ExpiresAt)
                | body.Parent.As(TokenMembers.Parent) | body.Driver.As(TokenMembers.Driver)
                | body.MaxConcurrent.As(TokenMembers.MaxConcurrent));
    }

    private static IEnumerable<string> Reasons(DefineToken wanted)
    {
        if (wanted.Id.Key.Length > TokenId.MaxLength || wanted.Id.Key.Any(char.IsControl))
            yield return $"The id of a token has 1 to {TokenId.MaxLength} characters, none of them a control character.";
        if (wanted.MaxConcurrent is < 1 or > 1_000)
            yield return "'maxConcurrent' is 1 to 1000, or null for no limit. To refuse a token, block it.";
        if (wanted.Parent?.Length is 0 or > TokenId.MaxLength)
            yield return $"'parent' has 1 to {TokenId.MaxLength} characters, or is null.";
        if (wanted.Driver?.Length is 0 or > LongestText)
            yield return $"'driver' has 1 to {LongestText} characters, or is null.";
    }
}
