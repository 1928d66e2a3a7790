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
/// <param name="Stopping">The node goes: its listeners go on at another one.</param>
/// <param name="IsLost">True when what it heard last is not known any more: it must read everything anew.</param>
internal sealed record EventStream(
    EventStreams Streams,
    ChangeFeed Feed,
    Func<ChangeRow, bool> Wanted,
    long After,
    bool IsLost,
    TimeSpan Heartbeat,
    CancellationToken Stopping) : IResult
{
    public const string MediaType = "text/event-stream";

    public async Task ExecuteAsync(HttpContext httpContext)
    {
        using var place = Streams.Enter();
        if (place is null)
        {
            await Problem.Unavailable("This node serves no more event streams. Try again, or another node.")
                .ExecuteAsync(httpContext);
            return;
        }

        var response = httpContext.Response;
        using var end = CancellationTokenSource.CreateLinkedTokenSource(httpContext.RequestAborted, Stopping);
        response.ContentType = MediaType;
        response.Headers.CacheControl = "no-store";
        response.Headers["X-Accel-Buffering"] = "no"; // nginx would keep events back until its buffer is full
        httpContext.Features.Get<IHttpResponseBodyFeature>()?.DisableBuffering();
        try
        {
            await Write(response, end.Token);
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            // The listener has gone, as listeners do, or the node goes.
        }
    }

    private async Task Write(HttpResponse response, CancellationToken ended)
    {
        // An id without data is no event, but a listener that breaks off now knows where to go on.
        await Send(response, IsLost ? Reset() : $"id: {After}\n\n", ended);

        var (heard, spokeAt) = (After, Stopwatch.GetTimestamp());
        while (!ended.IsCancellationRequested)
        {
            var text = new StringBuilder();
            foreach (var change in await Feed.After(heard, ended))
            {
                heard = change.Id;
                if (Wanted(change))
                    text.Append(CultureInfo.InvariantCulture,
                        $"id: {change.Id}\nevent: {change.Type}\ndata: {change.Body}\n\n");
            }

            if (text.Length == 0 && Stopwatch.GetElapsedTime(spokeAt) >= Heartbeat)
                text.Append(CultureInfo.InvariantCulture, $": still here\nid: {heard}\n\n");
            if (text.Length == 0) continue; // the feed paces this loop
            await Send(response, text.ToString(), ended);
            spokeAt = Stopwatch.GetTimestamp();
        }
    }

    private string Reset() => $"id: {After}\nevent: reset\ndata: {{\"newest\":{After}}}\n\n";

    private static async Task Send(HttpResponse response, string text, CancellationToken ended)
    {
        await response.WriteAsync(text, ended);
        await response.Body.FlushAsync(ended);
    }
}
