using System.Collections.Immutable;
using System.Diagnostics;
using System.Text.Json.Serialization;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.WebUtilities;
using Moovolt.Domain;

namespace Moovolt.Api.Http;

/// <summary>
/// The answer is no, or not now: RFC 9457. A refusal is a value; it says what is wrong and what to do, in words for
/// people, and a stable type for programs.
/// </summary>
/// <param name="Status">The HTTP status.</param>
/// <param name="Code">Stable, kebab-case: the last part of the problem's type.</param>
/// <param name="Detail">A sentence or two.</param>
internal sealed record Problem(int Status, string Code, string Detail) : IResult, IStatusCodeHttpResult
{
    public const string MediaType = "application/problem+json";

    /// <summary>Each thing that is wrong, where there can be several.</summary>
    public ImmutableArray<string> Reasons { get; init; } = [];

    /// <summary>When it is worth asking again.</summary>
    public TimeSpan? RetryAfter { get; init; }

    int? IStatusCodeHttpResult.StatusCode => Status;

    public static Problem BadRequest(string code, string detail) => new(StatusCodes.Status400BadRequest, code, detail);

    public static Problem NotFound(string detail) => new(StatusCodes.Status404NotFound, "not-found", detail);

    public static Problem Conflict(string code, string detail) => new(StatusCodes.Status409Conflict, code, detail);

    public static Problem ChangedMeanwhile(string detail) =>
        new(StatusCodes.Status412PreconditionFailed, "changed-meanwhile", detail);

    public static Problem Wrong(string detail, params ImmutableArray<string> reasons) =>
        new(StatusCodes.Status422UnprocessableEntity, "wrong-content", detail) { Reasons = reasons };

    public static Problem Unavailable(string detail) =>
        new(StatusCodes.Status503ServiceUnavailable, "unavailable", detail) { RetryAfter = TimeSpan.FromSeconds(2) };

    /// <summary>An entity's no, in the words of HTTP: the one mapping for all that is asked of entities.</summary>
    public static Problem Of(Reply.Refused refused) =>
        refused.NotFound ? NotFound(refused.Reason)
        : refused.Wrong ? Wrong(refused.Reason)
        : refused.Changed ? ChangedMeanwhile(refused.Reason)
        : Conflict("not-now", refused.Reason);

    /// <summary>What ties an answer to the lines in the log.</summary>
    public static string TraceIdOf(HttpContext http) => Activity.Current?.TraceId.ToHexString() ?? http.TraceIdentifier;

    public Task ExecuteAsync(HttpContext httpContext)
    {
        var response = httpContext.Response;
        response.StatusCode = Status;
        if (RetryAfter is { } wait) response.Headers.RetryAfter = $"{Math.Ceiling(wait.TotalSeconds)}";
        var body = new Body(
            $"urn:moovolt:problem:{Code}",
            ReasonPhrases.GetReasonPhrase(Status),
            Status,
            Detail,
            TraceIdOf(httpContext))
        {
            Reasons = Reasons.IsDefaultOrEmpty ? null : Reasons,
        };
        return response.WriteAsJsonAsync(body, options: null, MediaType, httpContext.RequestAborted);
    }

    /// <summary>The shape of every error answer.</summary>
    /// <param name="Type">Stable; for programs.</param>
    /// <param name="TraceId">What to quote when asking for help; it is in the log.</param>
    internal sealed record Body(
        string Type,
        string Title,
        int Status,
        string Detail,
        string TraceId)
    {
        /// <summary>Each thing that is wrong, where there can be several.</summary>
        [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingNull)]
        public IReadOnlyList<string>? Reasons { get; init; }
    }
}
