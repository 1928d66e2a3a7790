using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Extensions;
using Moovolt.ReadModel.Idempotency;

namespace Moovolt.Api.Http;

/// <summary>
/// The Idempotency-Key header (an IETF draft): a POST that is sent again under its key gets the answer that the first
/// one got, for 24 h. What is made under a key gets its id from the key's own seed, so that a node that dies between
/// the deed and the answer leaves nothing that a second try would double.
/// </summary>
internal sealed class Idempotency(RequestDelegate next, IdempotencyKeys keys)
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 255;

    private static readonly object SeedItem = new();

    /// <summary>What the id of something made by this request is built from; the same for a repeat of it.</summary>
    public static Guid SeedOf(HttpContext http) => http.Items[SeedItem] is Guid seed ? seed : Guid.CreateVersion7();

    public async Task InvokeAsync(HttpContext http)
    {
        if (!HttpMethods.IsPost(http.Request.Method) || http.User.Identity?.IsAuthenticated != true
            || http.Request.Headers[Header].ToString() is not { Length: > 0 } key)
        {
            await next(http);
            return;
        }

        if (key.Length > LongestKey)
        {
            await Problem.BadRequest("unreadable-parameter", $"An Idempotency-Key has at most {LongestKey} characters.")
                .ExecuteAsync(http);
            return;
        }

        var claim = await keys.ClaimAsync(
            http.User.Operator(), key, await Fingerprint(http.Request), http.RequestAborted);
        switch (claim)
        {
            case KeyClaim.OtherRequest:
                await Problem.Wrong(
                    "This Idempotency-Key was used for another request. Take a new key for a new request.")
                    .ExecuteAsync(http);
                break;
            case KeyClaim.InFlight:
                await Problem.Conflict(
                    "in-flight", "The request under this Idempotency-Key is still being done. Ask again in a moment.")
                    .ExecuteAsync(http);
                break;
            case KeyClaim.Answered known:
                await Replay(http.Response, known.Answer);
                break;
            case KeyClaim.Yours yours:
                http.Items[SeedItem] = yours.Seed;
                await Perform(http, yours);
                break;
            default:
                throw new InvalidOperationException($"No such claim: {claim.GetType().Name}");
        }
    }

    private async Task Perform(HttpContext http, KeyClaim.Yours claim)
    {
        var answered = false;
        var wire = http.Response.Body;
        using var copy = new MemoryStream();
        http.Response.Body = copy;
        try
        {
            await next(http);
            // A refusal or a failure is not kept: the next try under the key may fare better, and doubles nothing.
            if (http.Response.StatusCode < StatusCodes.Status300MultipleChoices)
            {
                await keys.KeepAsync(claim, new KeptAnswer(
                    http.Response.StatusCode,
                    http.Response.ContentType,
                    http.Response.Headers.Location,
                    Encoding.UTF8.GetString(copy.GetBuffer(), 0, (int)copy.Length)), CancellationToken.None);
                answered = true;
            }
        }
        finally
        {
            http.Response.Body = wire;
            if (!answered) await keys.GiveBackAsync(claim, CancellationToken.None);
        }

        copy.Position = 0;
        await copy.CopyToAsync(wire, http.RequestAborted);
    }

    private static async Task Replay(HttpResponse response, KeptAnswer answer)
    {
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        if (answer.Location is not null) response.Headers.Location = answer.Location;
        response.Headers["Idempotency-Replayed"] = "true";
        await response.WriteAsync(answer.Body);
    }

    private static async Task<string> Fingerprint(HttpRequest request)
    {
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.GetEncodedPathAndQuery()}\n"));
        var buffer = new byte[16 * 1024];
        int read;
        while ((read = await request.Body.ReadAsync(buffer, request.HttpContext.RequestAborted)) > 0)
            hash.AppendData(buffer, 0, read);
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
