using System.Net.WebSockets;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// What waits to be written to one socket: in order, one writer at a time, bounded. It costs nothing while there is
/// nothing to write, which is nearly always.
/// </summary>
internal sealed class Outbox(WebSocket socket, int mostFrames, int mostBytes)
{
    private readonly Queue<(ReadOnlyMemory<byte> Frame, bool Compress)> frames = new(0);
    private int bytes;
    private bool writing;
    private Farewell? farewell;

    /// <summary>False when it is full: whoever is at the other end does not read.</summary>
    /// <param name="compress">Where that was agreed on; elsewhere it leaves as it is.</param>
    public bool TryAdd(ReadOnlyMemory<byte> frame, bool compress)
    {
        lock (frames)
        {
            if (farewell is not null) return true; // nobody will miss it
            if (frames.Count >= mostFrames) return false;
            if (bytes > 0 && bytes + frame.Length > mostBytes) return false; // one alone may be as large as it is
            frames.Enqueue((frame, compress));
            bytes += frame.Length;
            if (writing) return true;
            writing = true;
        }

        _ = WriteAsync();
        return true;
    }

    /// <summary>
    /// Writes what is waiting, then the close frame, and nothing after it. The first to say why is heard.
    /// </summary>
    /// <returns>Done when the close frame has left, or cannot leave any more.</returns>
    public Task CloseAsync(WebSocketCloseStatus code, string why)
    {
        lock (frames)
        {
            if (farewell is not null) return farewell.Left.Task;
            farewell = new Farewell(code, why);
            if (writing) return farewell.Left.Task;
            writing = true;
        }

        _ = WriteAsync();
        return farewell.Left.Task;
    }

    private async Task WriteAsync()
    {
        Farewell? last = null;
        try
        {
            while (TryTake(out var next, out last))
            {
                await socket.SendAsync(
                    next.Frame, WebSocketMessageType.Text,
                    WebSocketMessageFlags.EndOfMessage | (next.Compress ? 0 : WebSocketMessageFlags.DisableCompression),
                    CancellationToken.None);
            }

            if (last is not null) await socket.CloseOutputAsync(last.Code, last.Why, CancellationToken.None);
        }
        catch (Exception gone) when (SocketPump.IsOfThePeer(gone))
        {
            last = GiveUp(); // the reader finds the same, and says so
        }

        last?.Left.SetResult();
    }

    // Whoever has set `writing` goes on until nothing is left; after a farewell it stays set, and nobody writes again.
    private bool TryTake(out (ReadOnlyMemory<byte> Frame, bool Compress) next, out Farewell? last)
    {
        lock (frames)
        {
            last = frames.Count == 0 ? farewell : null;
            if (frames.TryDequeue(out next))
            {
                bytes -= next.Frame.Length;
                return true;
            }

            writing = last is not null;
            return false;
        }
    }

    private Farewell GiveUp()
    {
        lock (frames)
        {
            frames.Clear();
            return farewell ??= new Farewell(WebSocketCloseStatus.Empty, "");
        }
    }

    private sealed record Farewell(WebSocketCloseStatus Code, string Why)
    {
        public TaskCompletionSource Left { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
