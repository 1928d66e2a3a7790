using System.Net.WebSockets;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// What waits to be written to one socket: in order, one writer at a time, bounded. It costs nothing while there is
/// nothing to write, which is nearly always.
/// </summary>
internal sealed class Outbox(WebSocket socket, int mostFrames, int mostBytes)
{
    private readonly Queue<ReadOnlyMemory<byte>> frames = new(0);
    private int bytes;
    private bool writing;
    private bool said;
    private (WebSocketCloseStatus Code, string Why)? farewell;

    /// <summary>False when it is full: whoever is at the other end does not read.</summary>
    public bool TryAdd(ReadOnlyMemory<byte> frame)
    {
        lock (frames)
        {
            if (farewell is not null) return true; // nobody will miss it
            if (frames.Count >= mostFrames || bytes + frame.Length > mostBytes) return false;
            frames.Enqueue(frame);
            bytes += frame.Length;
            if (writing) return true;
            writing = true;
        }

        _ = WriteAsync();
        return true;
    }

    /// <summary>Writes what is waiting, then the close frame, and nothing after it. The first to say why is heard.</summary>
    public void Close(WebSocketCloseStatus code, string why)
    {
        lock (frames)
        {
            if (farewell is not null) return;
            farewell = (code, why);
            if (writing) return;
            writing = true;
        }

        _ = WriteAsync();
    }

    private async Task WriteAsync()
    {
        try
        {
            while (TryTake(out var frame, out var last))
            {
                await (last is var (code, why)
                    ? socket.CloseOutputAsync(code, why, CancellationToken.None)
                    : socket.SendAsync(frame, WebSocketMessageType.Text, WebSocketMessageFlags.EndOfMessage, CancellationToken.None).AsTask());
            }
        }
        catch (Exception gone) when (SocketPump.IsOfThePeer(gone))
        {
            // The reader finds the same, and says so.
        }
    }

    // After the farewell `writing` stays true: nothing is ever written again.
    private bool TryTake(out ReadOnlyMemory<byte> frame, out (WebSocketCloseStatus Code, string Why)? last)
    {
        lock (frames)
        {
            last = null;
            if (frames.TryDequeue(out frame))
            {
                bytes -= frame.Length;
                return true;
            }

            last = said ? null : farewell;
            said = last is not null;
            writing = farewell is not null;
            return last is not null;
        }
    }
}
