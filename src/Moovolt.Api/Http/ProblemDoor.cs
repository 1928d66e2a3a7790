using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Api.Http;

/// <summary>
/// The last word on every request: whatever ends without a body of its own, by routing, by binding or by an
/// exception, ends as a <see cref="Problem"/>. A bug is logged here, once; its stack stays here.
/// </summary>
internal sealed partial class ProblemDoor(RequestDelegate next, ILogger<ProblemDoor> log)
{
    public async Task InvokeAsync(HttpContext context)
    {
        var problem = await Try(context);
        if (problem is null || context.Response.HasStarted) return;
        await problem.ExecuteAsync(context);
    }

    private async Task<Problem?> Try(HttpContext context)
    {
        try
        {
            await next(context);
            return Unsaid(context);
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            return null; // nobody is there to read it
        }
        catch (BadHttpRequestException unreadable)
        {
            return Explain(unreadable);
        }
        catch (UnknownCursorException)
        {
            return Problem.BadRequest(
                "unreadable-parameter",
                "'cursor' is not one that this list gave: send the 'next' of the part before, unchanged.");
        }
        catch (TimeoutException)
        {
            return Problem.Unavailable(
                "The charge point's keeper did not answer in time, so it is not known whether this was done. "
                + "Look, or ask again; with an Idempotency-Key asking again is safe.");
        }
        catch (Exception failure) when (Database.IsAway(failure))
        {
            Log(failure, context, "the database failed");
            return Problem.Unavailable("The database cannot be asked just now. Try again in a moment.");
        }
        catch (Exception bug)
        {
            Log(bug, context, "a bug");
            return new Problem(
                StatusCodes.Status500InternalServerError,
                "bug",
                "This is a fault of ours; the log has it under the traceId.");
        }
    }

    private void Log(Exception cause, HttpContext context, string what) => log.LogError(
        cause,
        "{Method} {Path}: {What} (traceId {TraceId})",
        context.Request.Method,
        context.Request.Path,
        what,
        Problem.TraceIdOf(context));

    // Routing and binding end with a status and nothing to read.
    private static Problem? Unsaid(HttpContext context)
    {
        var (request, response) = (context.Request, context.Response);
        if (response.HasStarted || response.ContentLength > 0 || response.ContentType is not null) return null;
        return response.StatusCode switch
        {
            StatusCodes.Status404NotFound =>
                Problem.NotFound(
                    $"There is nothing at {request.Path}. What there is: /openapi/v1.json, readable at /docs."),
            StatusCodes.Status405MethodNotAllowed => new Problem(
                response.StatusCode, "method-not-allowed",
                $"{request.Path} takes no {request.Method}; it takes {response.Headers.Allow}."),
            StatusCodes.Status413PayloadTooLarge => TooLarge(),
            StatusCodes.Status415UnsupportedMediaType => UnsupportedMedia(),
            >= 400 => new Problem(response.StatusCode, "refused", $"{request.Method} {request.Path} was refused."),
            _ => null,
        };
    }

    private static Problem Explain(BadHttpRequestException unreadable) => unreadable switch
    {
        { StatusCode: StatusCodes.Status415UnsupportedMediaType } => UnsupportedMedia(),
        { StatusCode: StatusCodes.Status413PayloadTooLarge } => TooLarge(),
        { InnerException: JsonException json } => Problem.BadRequest("unreadable-body", Explain(json)),
        _ when Parameter().Match(unreadable.Message) is { Success: true } match => Problem.BadRequest(
            "unreadable-parameter",
            $"The parameter '{JsonNamingPolicy.CamelCase.ConvertName(match.Groups[1].Value)}' cannot be "
                + $"'{match.Groups[2].Value}'."),
        _ when unreadable.Message.Contains("body", StringComparison.Ordinal) =>
            Problem.BadRequest("unreadable-body", "A body is needed here: a JSON object."),
        _ => new Problem(unreadable.StatusCode, "bad-request", "The request cannot be read as HTTP says it must be."),
    };

    private static string Explain(JsonException json)
    {
        if (Unknown().Match(json.Message) is { Success: true } unknown)
            return $"There is no member '{unknown.Groups[1].Value}' here. Leave it out, or correct its name.";
        if (json.Message.Contains("could not be converted", StringComparison.Ordinal) || json.Path is not (null or "$"))
            return $"The member '{json.Path?.TrimStart('$', '.')}' has a value that it cannot have.";
        return $"The body is not JSON that can be read here (line {json.LineNumber + 1}).";
    }

    private static Problem TooLarge() =>
        new(StatusCodes.Status413PayloadTooLarge, "too-large", "The body is larger than this takes: at most 1 MiB.");

    private static Problem UnsupportedMedia() => new(
        StatusCodes.Status415UnsupportedMediaType, "unsupported-media-type",
        "The body must be JSON: send it with Content-Type: application/json.");

    [GeneratedRegex("^Failed to bind parameter \"\\S+ (\\w+)\" from \"(.*)\"")]
    private static partial Regex Parameter();

    [GeneratedRegex("^The JSON property '(.*?)' could not be mapped")]
    private static partial Regex Unknown();
}
