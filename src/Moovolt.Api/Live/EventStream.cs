using System.Diagnostics;
using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;
using Moovolt.Api.Http;
using Moovolt.ReadModel.Changes;

namespace Moovolt.Api.Live;

/// <summary>
/// One listener's stream. Nothing is queued for it: what it has not taken stays in the table, so a slow listener
/// costs a place and nothing else, and the server's minimum data rate ends one that takes nothing.
/// </summary>
/// <param name="Wanted">Whether a change concerns this listener.</param>
/// <param name="After">The last id that it has heard, or is taken to have heard.</param>
/// <param name="IsLost">True when what it heard last is not known any more: it must read everything anew.</param>
internal sealed record EventStream(
    EventStreams Streams, ChangeFeed Feed, Func<ChangeRow, bool> Wanted, long After, bool IsLost, TimeSpan Heartbeat) : IResult
{
    public const string MediaType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var place = Streams.Enter();
        if (place is null)
        {
            await Problem.Unavailable("This node serves no more event streams. Try again, or another node.").ExecuteAsync(httpContext);
            return;
        }

        var (response, aborted) = (httpContext.Response, httpContext.RequestAborted);
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep events back until its buffer is full
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await Write(response, aborted);
        }
        catch (OperationCanceledException) when (aborted.IsCancellationRequested)
        {
            // The listener has gone, as listeners do.
        }
    }

    private async Task Write(HttpResponse response, CancellationToken aborted)
    {
        // An id without data is no event, but a listener that breaks off now knows where to go on.
        await Send(response, IsLost ? Reset() : $"id: {After}\n\n", aborted);

        var (heard, spokeAt) = (After, Stopwatch.GetTimestamp());
        while (!aborted.IsCancellationRequested)
        {
            var text = new StringBuilder();
            foreach (var change in await Feed.After(heard, aborted))
            {
                heard = change.Id;
                if (Wanted(change)) text.Append(CultureInfo.InvariantCulture, $"id: {change.Id}\nevent: {change.Type}\ndata: {change.Body}\n\n");
            }

            if (text.Length == 0 && Stopwatch.GetElapsedTime(spokeAt) >= Heartbeat)
                text.Append(CultureInfo.InvariantCulture, $": still here\nid: {heard}\n\n");
            if (text.Length == 0) continue; // the feed paces this loop
            await Send(response, text.ToString(), aborted);
            spokeAt = Stopwatch.GetTimestamp();
        }
    }

    private string Reset() => $"id: {After}\nevent: reset\ndata: {{\"newest\":{After}}}\n\n";

    private static async Task Send(HttpResponse response, string text, CancellationToken aborted)
    {
        await response.WriteAsync(text, aborted);
        await response.Body.FlushAsync(aborted);
    }
}
