using System.Collections.Concurrent;
using System.Net.WebSockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using Moovolt.Rig;

namespace Moovolt.EndToEnd;

/// <summary>
/// A charger that does as it is told, frame by frame, rightly or wrongly: a socket, and no code in common with the
/// product or its simulator.
/// </summary>
internal sealed class RawCharger : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(35);

    private readonly ClientWebSocket _socket = new();
    private readonly ConcurrentDictionary<string, TaskCompletionSource<JsonArray>> _calls = new();
    private readonly Channel<JsonArray> _unasked = Channel.CreateUnbounded<JsonArray>();
    private readonly SemaphoreSlim _pen = new(1);
    private Task _reading = Task.CompletedTask;

    private RawCharger(string identity) => Identity = identity;

    public string Identity { get; }

    /// <summary>What it answers to a call from us; an action that is not here gets no answer at all.</summary>
    public ConcurrentDictionary<string, Func<JsonNode, object>> Answers { get; } = new();

    /// <summary>The calls that we have made to it.</summary>
    public ConcurrentQueue<JsonArray> Asked { get; } = new();

    /// <summary>With which code the other side closed; set when the socket is gone.</summary>
    public WebSocketCloseStatus? ClosedWith { get; private set; }

    public bool IsGone => _reading.IsCompleted;

    /// <param name="trusts">Whom it trusts over TLS.</param>
    /// <param name="shows">By which certificate it proves who it is.</param>
    public static Task<RawCharger> Connect(
        Uri ocpp, string identity, string? password = null, string subprotocol = "ocpp1.6", TestIssuer? trusts = null,
        X509Certificate2? shows = null) =>
        ConnectWith(ocpp, identity, password is null ? null : Encoding.UTF8.GetBytes(password), subprotocol, trusts, shows);

    /// <summary>With a password that need not be text, as OCPP 1.6's AuthorizationKey.</summary>
    public static async Task<RawCharger> ConnectWith(
        Uri ocpp, string identity, byte[]? password, string subprotocol = "ocpp1.6", TestIssuer? trusts = null,
        X509Certificate2? shows = null)
    {
        var charger = new RawCharger(identity);
        if (trusts is not null)
            charger._socket.Options.RemoteCertificateValidationCallback = (_, shown, _, _) => trusts.Issued(shown);
        if (shows is not null) charger._socket.Options.ClientCertificates.Add(shows);
        charger._socket.Options.AddSubProtocol(subprotocol);
        if (password is not null)
        {
            var secret = Convert.ToBase64String([.. Encoding.UTF8.GetBytes($"{identity}:"), .. password]);
            charger._socket.Options.SetRequestHeader("Authorization", $"Basic {secret}");
        }

        using var patience = new CancellationTokenSource(Patience);
        await charger._socket.ConnectAsync(new Uri(ocpp, Uri.EscapeDataString(identity)), patience.Token);
        charger._reading = charger.Read();
        return charger;
    }

    /// <summary>Connects, boots and says that connector 1 is available.</summary>
    public static async Task<RawCharger> Boot(Uri ocpp, string identity, string? password = null, TestIssuer? trusts = null)
    {
        var charger = await Connect(ocpp, identity, password, trusts: trusts);
        var boot = await charger.Call("BootNotification", new { chargePointVendor = "Raw", chargePointModel = "One" });
        if (boot[2]!["status"]!.GetValue<string>() != "Accepted") throw new InvalidOperationException(boot.ToJsonString());
        await charger.Call("StatusNotification", new { connectorId = 1, errorCode = "NoError", status = "Available" });
        return charger;
    }

    /// <summary>Sends a CALL and waits for the frame that answers it: CALLRESULT or CALLERROR.</summary>
    public async Task<JsonArray> Call(string action, object payload, string? id = null)
    {
        id ??= Guid.NewGuid().ToString();
        var json = payload as JsonNode ?? System.Text.Json.JsonSerializer.SerializeToNode(payload);
        return await Ask(id, new JsonArray(2, id, action, json).ToJsonString());
    }

    /// <summary>Sends any text, and waits for a frame under the given message id.</summary>
    public async Task<JsonArray> Ask(string id, string text)
    {
        var answer = _calls[id] = new TaskCompletionSource<JsonArray>(TaskCreationOptions.RunContinuationsAsynchronously);
        await Send(text);
        return await answer.Task.WaitAsync(Patience);
    }

    public Task Send(string text) => Send(Encoding.UTF8.GetBytes(text), WebSocketMessageType.Text);

    public async Task Send(byte[] bytes, WebSocketMessageType type)
    {
        await _pen.WaitAsync();
        try
        {
            await _socket.SendAsync(bytes, type, endOfMessage: true, CancellationToken.None);
        }
        finally
        {
            _pen.Release();
        }
    }

    /// <summary>The next frame that is neither a call to it nor the answer to a call of its; null when none came.</summary>
    public async Task<JsonArray?> Unasked(TimeSpan within)
    {
        using var patience = new CancellationTokenSource(within);
        try
        {
            return await _unasked.Reader.ReadAsync(patience.Token);
        }
        catch (Exception error) when (error is OperationCanceledException or ChannelClosedException)
        {
            return null;
        }
    }

    /// <summary>Waits until the other side has closed the socket; null when it went without a word.</summary>
    public async Task<WebSocketCloseStatus?> Closed(TimeSpan within)
    {
        await _reading.WaitAsync(within);
        return ClosedWith;
    }

    /// <summary>Goes away without a word, as a charger does whose cable is pulled.</summary>
    public void Vanish() => _socket.Abort();

    public async ValueTask DisposeAsync()
    {
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _pen.Dispose();
    }

    private async Task Read()
    {
        var buffer = new byte[64 * 1024];
        using var message = new MemoryStream();
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer, CancellationToken.None);
                if (part.MessageType == WebSocketMessageType.Close)
                {
                    ClosedWith = _socket.CloseStatus;
                    await _socket.CloseOutputAsync(WebSocketCloseStatus.NormalClosure, null, CancellationToken.None);
                    break;
                }

                message.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                var frame = JsonNode.Parse(message.ToArray())!.AsArray();
                message.SetLength(0);
                await Take(frame);
            }
        }
        catch (WebSocketException)
        {
            ClosedWith = _socket.CloseStatus;
        }
        catch (Exception error) when (error is OperationCanceledException or ObjectDisposedException)
        {
            // Vanished by our own hand: while it read (cancelled), or between two frames (disposed).
        }

        foreach (var call in _calls.Values) call.TrySetException(new WebSocketException($"Closed ({ClosedWith}) without an answer."));
        _unasked.Writer.TryComplete();
    }

    private async Task Take(JsonArray frame)
    {
        var id = frame[1]!.ToString();
        if (frame[0]!.GetValue<int>() != 2)
        {
            if (_calls.TryRemove(id, out var call)) call.TrySetResult(frame);
            else await _unasked.Writer.WriteAsync(frame);
            return;
        }

        Asked.Enqueue(frame);
        if (!Answers.TryGetValue(frame[2]!.GetValue<string>(), out var answer)) return;
        var payload = System.Text.Json.JsonSerializer.SerializeToNode(answer(frame[3]!));
        await Send(new JsonArray(3, id, payload).ToJsonString());
    }
}
