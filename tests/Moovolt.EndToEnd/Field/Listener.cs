using System.Collections.Concurrent;
using System.Net.Http.Headers;
using System.Text.Json.Nodes;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd.Field;

/// <summary>Whoever follows the event stream of a charge point, from now on.</summary>
internal sealed class Listener : IAsyncDisposable
{
    private readonly HttpClient _http = new() { Timeout = Timeout.InfiniteTimeSpan };
    private readonly CancellationTokenSource _done = new();
    private readonly ConcurrentQueue<Change> _heard = new();
    private Task _reading = Task.CompletedTask;

    /// <summary>A change as it was told.</summary>
    public sealed record Change(string Type, JsonNode Body);

    public IReadOnlyCollection<Change> Heard => _heard;

    public static async Task<Listener> To(Api api, Uri node, string chargePoint)
    {
        var listener = new Listener();
        using var request = new HttpRequestMessage(HttpMethod.Get, new Uri(node, $"/api/v1/events?chargePoint={chargePoint}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", api.Key);
        var response = await listener._http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.EnsureSuccessStatusCode();
        listener._reading = listener.Read(response);
        return listener;
    }

    public async Task Hears(Func<Change, bool> fits, TimeSpan within) =>
        Assert.True(await Eventually.Is(() => _heard.Any(fits), within), "That was never told.");

    public async ValueTask DisposeAsync()
    {
        await _done.CancelAsync();
        await _reading;
        _done.Dispose();
        _http.Dispose();
    }

    private async Task Read(HttpResponseMessage response)
    {
        using (response)
        {
            try
            {
                using var reader = new StreamReader(await response.Content.ReadAsStreamAsync(_done.Token));
                var type = "";
                while (await reader.ReadLineAsync(_done.Token) is { } line)
                {
                    if (line.StartsWith("event:", StringComparison.Ordinal)) type = line["event:".Length..].Trim();
                    else if (line.StartsWith("data:", StringComparison.Ordinal) && line["data:".Length..].Trim() is { Length: > 0 } data)
                        _heard.Enqueue(new Change(type, JsonNode.Parse(data)!));
                }
            }
            catch (OperationCanceledException)
            {
                // Nobody listens any more.
            }
        }
    }
}
