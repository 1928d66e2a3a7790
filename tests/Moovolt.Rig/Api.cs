using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json.Nodes;

namespace Moovolt.Rig;

/// <summary>An operator at the HTTP bridge of one node.</summary>
public sealed class Api(Uri node, string operatorKey)
{
    // One client for all: the bodies are small, and commands may be waited for up to a minute.
    private static readonly HttpClient Http = new() { Timeout = TimeSpan.FromSeconds(70) };

    public string Key => operatorKey;

    public Task<Answer> Get(string path) => Send(HttpMethod.Get, path);

    public Task<Answer> Put(string path, object body) => Send(HttpMethod.Put, path, body);

    public Task<Answer> Delete(string path) => Send(HttpMethod.Delete, path);

    /// <param name="path">Below /api/v1.</param>
    /// <param name="body">The payload.</param>
    /// <param name="wait">How many seconds to wait for the charger (RFC 7240, Prefer: wait); null for our default.</param>
    public Task<Answer> Post(string path, object body, int? wait = null) => Send(HttpMethod.Post, path, body, wait);

    /// <summary>Registers a charger that shows a password (OCPP security profile 1).</summary>
    public Task Register(string identity, string password) =>
        Insist($"charge-points/{identity}", new { securityProfile = 1, password });

    /// <summary>Lets a token charge.</summary>
    public Task Accept(string token) => Insist($"tokens/{token}", new { status = "accepted" });

    /// <summary>Every item of a list, page after page.</summary>
    public async Task<IReadOnlyList<JsonNode>> All(string path)
    {
        var (items, cursor) = (new List<JsonNode>(), (string?)null);
        do
        {
            var separator = path.Contains('?', StringComparison.Ordinal) ? '&' : '?';
            var page = await Get(cursor is null ? path : $"{path}{separator}cursor={Uri.EscapeDataString(cursor)}");
            if (page.Status != HttpStatusCode.OK) throw new InvalidOperationException($"{path}: {page}");
            items.AddRange(page["items"]!.AsArray().Select(item => item!));
            cursor = page["next"]?.GetValue<string>();
        }
        while (cursor is not null);

        return items;
    }

    // A busy node says 503 and means it: a moment later it can.
    private async Task Insist(string path, object body)
    {
        var answer = await Eventually.Get(
            () => Put(path, body), seen => seen.Status != HttpStatusCode.ServiceUnavailable, TimeSpan.FromSeconds(30));
        if (answer.Status is not (HttpStatusCode.OK or HttpStatusCode.Created)) throw new InvalidOperationException($"{answer}");
    }

    private async Task<Answer> Send(HttpMethod method, string path, object? body = null, int? wait = null)
    {
        using var request = new HttpRequestMessage(method, new Uri(node, $"/api/v1/{path}"));
        request.Headers.Authorization = new AuthenticationHeaderValue("Bearer", operatorKey);
        if (wait is { } seconds) request.Headers.Add("Prefer", $"wait={seconds}");
        if (body is not null) request.Content = JsonContent.Create(body);
        using var response = await Http.SendAsync(request);
        var text = await response.Content.ReadAsStringAsync();
        var isJson = response.Content.Headers.ContentType?.MediaType?.EndsWith("json", StringComparison.Ordinal) == true;
        return new Answer(response.StatusCode, isJson ? JsonNode.Parse(text) : null, text, response.Headers.Location);
    }

    /// <summary>What the bridge said.</summary>
    public sealed record Answer(HttpStatusCode Status, JsonNode? Body, string Text, Uri? Location)
    {
        public JsonNode? this[string member] => Body?[member];

        public override string ToString() => $"{(int)Status} {Text}";
    }
}
