using System.Net.WebSockets;
using System.Text;

namespace Moovolt.Simulation.World;

/// <summary>
/// The server's end of a charger's connection. Frames take their time in both directions and keep their order; the
/// connection may be cut, or go dead so that only time tells.
/// </summary>
internal sealed class ModelSocket(SimulatedWorld world, Action<string> heard, Action lost) : WebSocket
{
    // A ping every 30 s, and 20 s for its pong: what the platform's own keep-alive does.
    private static readonly TimeSpan FoundDead = TimeSpan.FromSeconds(50);

    private readonly Queue<byte[]> incoming = new();
    private TaskCompletionSource? waiting;
    private int read;
    private bool closing;
    private bool reported;
    private WebSocketState state = WebSocketState.Open;
    private WebSocketCloseStatus? closeStatus;
    private TimeSpan lastIn;
    private TimeSpan lastOut;

    public override WebSocketCloseStatus? CloseStatus => closeStatus;

    public override string? CloseStatusDescription => null;

    public override string? SubProtocol => null;

    public override WebSocketState State => state;

    /// <summary>Nothing gets through any more, and nobody notices at first.</summary>
    public bool IsDeaf { get; private set; }

    /// <summary>The charger's end has gone without a word, or is as good as gone.</summary>
    public void GoDeaf()
    {
        if (IsDeaf) return;
        IsDeaf = true;
        world.Loop.After(FoundDead, Abort);
    }

    /// <summary>Cut: both ends hear of it.</summary>
    public void Break()
    {
        Abort();
        Report();
    }

    /// <summary>The charger sends a frame.</summary>
    public void Say(string frame) => Arrive(Encoding.UTF8.GetBytes(frame));

    /// <summary>The charger closes, or answers our closing.</summary>
    public void SayGoodbye() => Arrive([]);

    /// <summary>The server is through with it.</summary>
    public void Over()
    {
        if (!IsDeaf) world.Loop.After(Next(ref lastOut), Report);
    }

    public override void Abort()
    {
        if (state is WebSocketState.Aborted or WebSocketState.Closed) return;
        state = WebSocketState.Aborted;
        Wake();
    }

    public override async ValueTask<ValueWebSocketReceiveResult> ReceiveAsync(
        Memory<byte> buffer, CancellationToken cancellationToken)
    {
        while (true)
        {
            if (state is WebSocketState.Aborted) throw Gone();
            if (incoming.TryPeek(out var frame)) return Read(frame, buffer);
            waiting = new TaskCompletionSource();
            await waiting.Task;
        }
    }

    public override ValueTask SendAsync(
        ReadOnlyMemory<byte> buffer, WebSocketMessageType messageType, WebSocketMessageFlags messageFlags,
        CancellationToken cancellationToken)
    {
        if (state is WebSocketState.Aborted) throw Gone();
        var text = Encoding.UTF8.GetString(buffer.Span);
        world.Loop.After(Next(ref lastOut), () =>
        {
            if (!IsDeaf && !reported) heard(text);
        });
        return ValueTask.CompletedTask;
    }

    public override Task CloseOutputAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken)
    {
        if (state is WebSocketState.Aborted) throw Gone();
        closing = true;
        state = this.closeStatus is null ? WebSocketState.CloseSent : WebSocketState.Closed;
        if (this.closeStatus is not null) return Task.CompletedTask;
        world.Loop.After(Next(ref lastOut), () =>
        {
            if (!IsDeaf && !reported) SayGoodbye(); // whoever is told goodbye says it too (RFC 6455, 5.5.1)
        });
        return Task.CompletedTask;
    }

    public override Task CloseAsync(
        WebSocketCloseStatus closeStatus, string? statusDescription, CancellationToken cancellationToken) =>
        throw new NotSupportedException();

    public override Task<WebSocketReceiveResult> ReceiveAsync(
        ArraySegment<byte> buffer, CancellationToken cancellationToken) => throw new NotSupportedException();

    public override Task SendAsync(
        ArraySegment<byte> buffer, WebSocketMessageType messageType, bool endOfMessage,
        CancellationToken cancellationToken) => throw new NotSupportedException();

    public override void Dispose() => Abort();

    private static WebSocketException Gone() => new(WebSocketError.ConnectionClosedPrematurely);

    private void Arrive(byte[] frame) => world.Loop.After(Next(ref lastIn), () =>
    {
        if (IsDeaf || state is WebSocketState.Aborted or WebSocketState.Closed) return;
        incoming.Enqueue(frame);
        Wake();
    });

    private ValueWebSocketReceiveResult Read(byte[] frame, Memory<byte> buffer)
    {
        if (frame.Length == 0)
        {
            incoming.Dequeue();
            closeStatus = WebSocketCloseStatus.EndpointUnavailable;
            state = closing ? WebSocketState.Closed : WebSocketState.CloseReceived;
            return new ValueWebSocketReceiveResult(0, WebSocketMessageType.Close, true);
        }

        var part = Math.Min(buffer.Length, frame.Length - read);
        frame.AsMemory(read, part).CopyTo(buffer);
        read += part;
        if (read < frame.Length) return new ValueWebSocketReceiveResult(part, WebSocketMessageType.Text, false);
        incoming.Dequeue();
        read = 0;
        return new ValueWebSocketReceiveResult(part, WebSocketMessageType.Text, true);
    }

    private void Wake()
    {
        var who = waiting;
        waiting = null;
        who?.SetResult();
    }

    private void Report()
    {
        if (reported) return;
        reported = true;
        lost();
    }

    private TimeSpan Next(ref TimeSpan last)
    {
        var at = world.Loop.Now + TimeSpan.FromMilliseconds(world.Chance.Next(5, 80));
        if (at < last) at = last;
        last = at;
        return at - world.Loop.Now;
    }
}
