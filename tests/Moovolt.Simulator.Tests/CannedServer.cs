using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;

namespace Moovolt.Simulator.Tests;

/// <summary>What the canned server does about a call.</summary>
internal abstract record Reaction
{
    public sealed record Usual : Reaction;

    /// <summary>It has taken the call, and its answer never leaves.</summary>
    public sealed record Swallow : Reaction;

    /// <summary>It has taken the call, and the line is cut before the answer.</summary>
    public sealed record Cut : Reaction;

    public sealed record Late(TimeSpan Delay) : Reaction;

    public sealed record Error(string Code) : Reaction;

    public sealed record Other(string Payload) : Reaction;
}

/// <summary>A call as it came.</summary>
internal sealed record Received(
    string Station, string? Protocol, int Connection, string Id, string Action, JsonObject Payload, DateTimeOffset At)
{
    public string? Text(string name) => (string?)Payload[name];

    public int? Number(string name) => (int?)Payload[name];
}

/// <summary>The simplest server that a charger can live with, and a bad one when it is told to be.</summary>
internal sealed class CannedServer : IAsyncDisposable
{
    private readonly WebApplication app;
    private readonly ConcurrentDictionary<string, WebSocket> sockets = new();
    private readonly ConcurrentDictionary<string, int> transactions = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonArray>> asked = new();
    private int connections;
    private int numbers;

    private CannedServer()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        app = builder.Build();
        app.UseWebSockets();
        app.Map("/ocpp/{station}", Accept);
    }

    public Func<Received, Reaction> React { get; set; } = _ => new Reaction.Usual();

    /// <summary>False: the upgrade is refused.</summary>
    public bool Open { get; set; } = true;

    public ConcurrentQueue<Received> Calls { get; } = new();

    public ConcurrentQueue<string> Nonsense { get; } = new();

    public ConcurrentQueue<string?> Credentials { get; } = new();

    public Uri Address { get; private set; } = new("ws://unknown");

    public static async Task<CannedServer> Start()
    {
        var server = new CannedServer();
        await server.app.StartAsync();
        var http = server.app.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses.Single();
        server.Address = new Uri($"ws{http[4..]}/ocpp");
        return server;
    }

    public IEnumerable<Received> Of(string action) => Calls.Where(call => call.Action == action);

    public async Task<JsonArray> Ask(string station, string action, string payload)
    {
        var id = Guid.NewGuid().ToString("N");
        var answer = asked[id] = new TaskCompletionSource<JsonArray>();
        await Send(sockets[station], $"[2,\"{id}\",\"{action}\",{payload}]");
        return await answer.Task.WaitAsync(TimeSpan.FromSeconds(10));
    }

    /// <summary>Sends any text.</summary>
    public Task Tell(string station, string text) => Send(sockets[station], text);

    public async ValueTask DisposeAsync()
    {
        foreach (var socket in sockets.Values) socket.Abort();
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await app.StopAsync(patience.Token);
        await app.DisposeAsync();
    }

    private async Task Accept(HttpContext context, string station)
    {
        if (!Open)
        {
            context.Response.StatusCode = StatusCodes.Status503ServiceUnavailable;
            return;
        }

        Credentials.Enqueue(context.Request.Headers.Authorization);
        using var socket = await context.WebSockets.AcceptWebSocketAsync(context.WebSockets.WebSocketRequestedProtocols[0]);
        var connection = Interlocked.Increment(ref connections);
        sockets[station] = socket;
        try
        {
            while (await Read(socket) is { } text) await Hear(socket, station, connection, text);
        }
        catch (WebSocketException)
        {
            // The charger is gone; that is what some of these tests are about.
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task Hear(WebSocket socket, string station, int connection, string text)
    {
        if (Parse(text) is not { Count: > 2 } frame)
        {
            Nonsense.Enqueue(text);
            return;
        }

        if ((int?)frame[0] != 2)
        {
            if (asked.TryRemove((string)frame[1]!, out var waiting)) waiting.SetResult(frame);
            else Nonsense.Enqueue(text);
            return;
        }

        if (frame[3] is not JsonObject payload || (string)frame[2]! == "heartbeat")
        {
            Nonsense.Enqueue(text);
            return;
        }

        var call = new Received(
            station, socket.SubProtocol, connection, (string)frame[1]!, (string)frame[2]!, payload, DateTimeOffset.UtcNow);
        var reaction = React(call);
        Calls.Enqueue(call);
        switch (reaction)
        {
            case Reaction.Cut:
                Usual(call);
                socket.Abort();
                break;
            case Reaction.Swallow:
                Usual(call);
                break;
            case Reaction.Error error:
                await Send(socket, $"[4,\"{call.Id}\",\"{error.Code}\",\"\",{{}}]");
                break;
            case Reaction.Other other:
                await Send(socket, $"[3,\"{call.Id}\",{other.Payload}]");
                break;
            case Reaction.Late late:
                await Task.Delay(late.Delay);
                await Send(socket, $"[3,\"{call.Id}\",{Usual(call)}]");
                break;
            default:
                await Send(socket, $"[3,\"{call.Id}\",{Usual(call)}]");
                break;
        }
    }

    private string Usual(Received call) => call.Action switch
    {
        "BootNotification" => """{"status":"Accepted","currentTime":"2026-01-01T00:00:00Z","interval":300}""",
        "Heartbeat" => """{"currentTime":"2026-01-01T00:00:00Z"}""",
        "Authorize" or "TransactionEvent" when call.Payload.ContainsKey("idToken") =>
            """{"idTokenInfo":{"status":"Accepted"}}""",
        "Authorize" => """{"idTagInfo":{"status":"Accepted"}}""",
        "StartTransaction" => $"{{\"transactionId\":{Numbered(call)},\"idTagInfo\":{{\"status\":\"Accepted\"}}}}",
        _ => "{}",
    };

    private int Numbered(Received start) => transactions.GetOrAdd(
        $"{start.Station}|{start.Payload.ToJsonString()}", _ => 1000 + Interlocked.Increment(ref numbers));

    private static JsonArray? Parse(string text)
    {
        try
        {
            return JsonNode.Parse(text) as JsonArray;
        }
        catch (System.Text.Json.JsonException)
        {
            return null;
        }
    }

    private static Task Send(WebSocket socket, string text) =>
        socket.SendAsync(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text, true, CancellationToken.None);

    private static async Task<string?> Read(WebSocket socket)
    {
        var buffer = new byte[8192];
        var got = await socket.ReceiveAsync(buffer, CancellationToken.None);
        if (got.MessageType != WebSocketMessageType.Close) return Encoding.UTF8.GetString(buffer, 0, got.Count);
        await socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
        return null;
    }
}
