using System.Buffers;
using System.Net.WebSockets;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// Moves frames between one WebSocket and whoever listens, and ends it properly. An idle socket holds no buffer: a
/// read of nothing waits for data, and only then is a buffer rented (OCPP 2.1 part 4, 5.2: 99 % of frames fit 2 kB).
/// </summary>
/// <param name="wire">What is below it; null: nothing is counted there.</param>
/// <param name="compresses">Whether permessage-deflate (RFC 7692) was agreed on.</param>
/// <param name="cut">Ends the connection below the WebSocket.</param>
/// <param name="left">Cancelled when the peer has ended the connection.</param>
internal sealed class SocketPump(
    WebSocket socket, WatchedStream? wire, bool compresses, GatewaySettings settings, GatewayMetrics metrics,
    TimeProvider time, Action cut, CancellationToken left)
    : IDisposable
{
    private const int Buffer = 4096;

    // Of what comes after we have closed, so many times the largest frame is read, and thrown away. A peer may have a
    // gigabyte on its way, or a kilobyte that inflates to one.
    private const int MostThrownAway = 4;

    private readonly Outbox outbox = new(socket, settings.OutgoingFrames, settings.OutgoingBytes);
    private readonly ReadingWindow window = new(settings.WaitingFrames, settings.WaitingBytes);
    private double calls = settings.CallsBurst;
    private long callsAt = time.GetTimestamp();
    private long heardAt;
    private long thrownAway;
    private int closing;
    private string? ended;
    private volatile bool over;
    private volatile bool charges;

    /// <summary>True once this side has begun to close.</summary>
    public bool IsClosing => Volatile.Read(ref closing) == 1;

    /// <summary>True once there is no socket any more.</summary>
    public bool IsOver => over;

    /// <summary>
    /// The charger has a running transaction, as far as its session knows: it is the last to be moved elsewhere.
    /// </summary>
    public bool Charges
    {
        get => charges;
        set => charges = value;
    }

    /// <summary>True when the socket was cut because a ping had no answer in time.</summary>
    public bool MissedAPong { get; private set; }

    /// <summary>
    /// A frame came after that ping had left, so the charger was there: a ping leaves when nothing has come for the
    /// interval, so what is younger than the timeout and half an interval came after it.
    /// </summary>
    public bool WasHeardSincePing =>
        heardAt != 0 && time.GetElapsedTime(heardAt) < settings.PingTimeout + (settings.PingInterval / 2);

    /// <summary>Reads until the socket has ended, and tells why it did.</summary>
    public async Task<string> RunAsync(Action<byte[]> received)
    {
        wire?.Watch(Refuse, left);
        try
        {
            while (await ReadAsync() is { } frame)
            {
                if (IsClosing || frame.Length == 0) continue; // an empty one is no frame, compressed or not
                heardAt = time.GetTimestamp();
                received(frame);
                await window.EnterAsync(frame.Length);
                await PaceAsync();
            }
        }
        catch (WebSocketException broken) when (broken.WebSocketErrorCode
            is not (WebSocketError.ConnectionClosedPrematurely or WebSocketError.InvalidState))
        {
            // The socket has said so itself (1002, or 1007 for what is not UTF-8): what is disposed now would overtake
            // it.
            ended ??= "the charger broke the WebSocket protocol";
            await Task.WhenAny(Task.Delay(settings.CloseWithin, time, left));
        }
        catch (Exception gone) when (IsOfThePeer(gone))
        {
            // Cut, or lost.
            if (!IsClosing && await HasGivenUpAsync())
            {
                ended ??= "the charger did not answer a ping";
                MissedAPong = true;
                metrics.LimitHit("idle");
            }
        }

        return ended ?? "the connection was lost";
    }

    /// <summary>The frame has been dealt with; another one may be read.</summary>
    public void Done(int bytes) => window.Leave(bytes);

    /// <summary>Puts a frame in line to be written. A charger that does not read is let go.</summary>
    public void Send(ReadOnlyMemory<byte> frame)
    {
        var compress = compresses && frame.Length >= settings.CompressionFrom && !Redaction.MayHoldSecret(frame.Span);
        if (outbox.TryAdd(frame, compress)) return;
        metrics.LimitHit("outgoing");
        Close(WebSocketCloseStatus.PolicyViolation, "too much is waiting to be read");
    }

    /// <summary>
    /// Closes the socket: the close frame leaves within a second and the charger answers it in five, or it is cut.
    /// </summary>
    /// <param name="code">Never 1000: chargers take that for the end of all business.</param>
    /// <param name="why">Up to 123 bytes.</param>
    public void Close(WebSocketCloseStatus code, string why)
    {
        if (Interlocked.Exchange(ref closing, 1) != 0) return;
        ended ??= why;
        window.Open();
        _ = outbox.CloseAsync(code, why);
        _ = CutLaterAsync();
    }

    public void Dispose()
    {
        over = true;
        socket.Dispose();
    }

    /// <summary>What a peer can make happen: none of it is an error of ours.</summary>
    public static bool IsOfThePeer(Exception exception) =>
        exception is WebSocketException or IOException or OperationCanceledException or ObjectDisposedException
            or InvalidOperationException { Source: "System.Net.WebSockets" };

    // Whether the socket's own keep-alive has cut it: what says so is thrown at who reads once more.
    private async Task<bool> HasGivenUpAsync()
    {
        if (socket.State != WebSocketState.Aborted) return false;
        try
        {
            await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            return false;
        }
        catch (Exception gone) when (IsOfThePeer(gone))
        {
            return gone.InnerException is WebSocketException { WebSocketErrorCode: WebSocketError.Faulted };
        }
    }

    private async Task CutLaterAsync()
    {
        await Task.Delay(settings.CloseWithin, time);
        if (socket.State is WebSocketState.Open or WebSocketState.CloseReceived) Cut();
        await Task.Delay(settings.CloseTimeout - settings.CloseWithin, time);
        if (socket.State is not WebSocketState.Closed) Cut();
    }

    private void Cut()
    {
        if (over) return;
        socket.Abort();
        cut();
    }

    // Null at the end. What comes after we have closed is read and thrown away: unread bytes would turn our close
    // frame into a reset on its way to the charger.
    private async Task<byte[]?> ReadAsync()
    {
        while (true)
        {
            var sign = await socket.ReceiveAsync(Memory<byte>.Empty, CancellationToken.None);
            if (sign.MessageType == WebSocketMessageType.Close) return await GoodbyeAsync();
            if (sign.EndOfMessage) continue; // an empty frame

            var rented = ArrayPool<byte>.Shared.Rent(Buffer);
            try
            {
                var length = 0;
                while (true)
                {
                    var part = await socket.ReceiveAsync(rented.AsMemory(length), CancellationToken.None);
                    if (part.MessageType == WebSocketMessageType.Close) return await GoodbyeAsync();
                    if (IsClosing && (thrownAway += part.Count) > MostThrownAway * (long)settings.MaxFrame)
                        return await LeaveUnreadAsync();
                    if (IsClosing) length = 0;
                    else length += part.Count;

                    if (part.MessageType == WebSocketMessageType.Binary)
                        Refuse(WebSocketCloseStatus.InvalidMessageType, "binary", "OCPP-J frames are text");
                    else if (length > settings.MaxFrame)
                        Refuse(WebSocketCloseStatus.MessageTooBig,
                            "frame", $"a frame may have {settings.MaxFrame} bytes");
                    if (IsClosing) length = 0;

                    if (part.EndOfMessage) return IsClosing ? [] : rented[..length];
                    if (length == rented.Length) rented = Grow(rented, length);
                }
            }
            finally
            {
                ArrayPool<byte>.Shared.Return(rented);
            }
        }
    }

    private async Task<byte[]?> GoodbyeAsync()
    {
        ended ??= $"the charger closed the connection ({(int?)socket.CloseStatus})";
        var echo = socket.CloseStatus
            is { } code and not (WebSocketCloseStatus.NormalClosure or WebSocketCloseStatus.Empty)
            ? code
            : WebSocketCloseStatus.EndpointUnavailable;
        Close(echo, "goodbye");
        await Task.WhenAny(outbox.CloseAsync(echo, "goodbye"), Task.Delay(settings.CloseWithin, time));
        return null;
    }

    // The close frame is on its way; until it has been answered, or time is up, nothing more is inflated.
    private async Task<byte[]?> LeaveUnreadAsync()
    {
        await Task.WhenAny(Task.Delay(settings.CloseTimeout, time, left));
        return null;
    }

    private void Refuse(Excess excess)
    {
        if (excess == Excess.Parts)
            Refuse(WebSocketCloseStatus.MessageTooBig, "frame-parts", $"a frame may have {settings.FrameParts} parts");
        else
            Refuse(WebSocketCloseStatus.PolicyViolation, "pings", "too many pings, or empty messages");
    }

    private void Refuse(WebSocketCloseStatus code, string limit, string why)
    {
        if (!IsClosing) metrics.LimitHit(limit);
        Close(code, why);
    }

    private byte[] Grow(byte[] rented, int length)
    {
        var larger = ArrayPool<byte>.Shared.Rent((int)Math.Min(rented.Length * 4L, settings.MaxFrame + 1L));
        rented.AsSpan(0, length).CopyTo(larger);
        ArrayPool<byte>.Shared.Return(rented);
        return larger;
    }

    // A charger that floods us is read more slowly; its own TCP then tells it.
    private ValueTask PaceAsync()
    {
        if (settings.CallsPerSecond == 0) return ValueTask.CompletedTask;
        calls = Math.Min(
            settings.CallsBurst, calls + (time.GetElapsedTime(callsAt).TotalSeconds * settings.CallsPerSecond)) - 1;
        callsAt = time.GetTimestamp();
        if (calls >= 0) return ValueTask.CompletedTask;
        metrics.LimitHit("calls");
        return new ValueTask(Task.Delay(TimeSpan.FromSeconds(-calls / settings.CallsPerSecond), time));
    }
}
