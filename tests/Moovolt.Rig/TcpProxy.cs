using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Threading.Channels;

namespace Moovolt.Rig;

/// <summary>
/// A line that can be made bad: it listens at one address and passes on to another, and each direction has its
/// <see cref="Toxics"/>. Which toxics those are may depend on who dials.
/// </summary>
public sealed class TcpProxy : IAsyncDisposable
{
    private const int Piece = 16 * 1024;

    private readonly TcpListener _listener;
    private readonly IPEndPoint _target;
    private readonly Func<ReadOnlyMemory<byte>, (Toxics Up, Toxics Down)> _toxics;
    private readonly ConcurrentDictionary<Line, Task> _lines = new();
    private readonly CancellationTokenSource _end = new();
    private readonly Task _accepting;

    /// <param name="listen">Where to listen.</param>
    /// <param name="target">Where it leads to.</param>
    /// <param name="toxics">
    /// By the first bytes that the dialler sends: of what it sends (up), and of what it is sent (down). Null for
    /// <see cref="Up"/> and <see cref="Down"/>.
    /// </param>
    public TcpProxy(
        IPEndPoint listen, IPEndPoint target, Func<ReadOnlyMemory<byte>, (Toxics Up, Toxics Down)>? toxics = null)
    {
        (_target, _toxics) = (target, toxics ?? (_ => (Up, Down)));
        _listener = new TcpListener(listen);
        _listener.Start(backlog: 4096);
        _accepting = Accept();
    }

    /// <summary>Of what the diallers send.</summary>
    public Toxics Up { get; } = new();

    /// <summary>Of what the diallers are sent.</summary>
    public Toxics Down { get; } = new();

    public int Lines => _lines.Count;

    /// <summary>Both ends of every line get a reset; new ones may be made.</summary>
    /// <param name="share">Of all lines, the n-th of n; 1: all.</param>
    public void ResetPeers(int share = 1)
    {
        var number = 0;
        foreach (var line in _lines.Keys)
            if (number++ % share == 0) line.Reset();
    }

    /// <summary>The diallers hear the end of what they are sent, and are still listened to (a half-close).</summary>
    public void HalfClose()
    {
        foreach (var line in _lines.Keys) line.HalfClose();
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        _listener.Stop();
        foreach (var line in _lines.Keys) line.Reset();
        await _accepting;
        foreach (var toxics in new[] { Up, Down }) toxics.Clear();
        await Task.WhenAll(_lines.Values);
        _end.Dispose();
    }

    private async Task Accept()
    {
        try
        {
            while (true)
            {
                var near = await _listener.AcceptSocketAsync(_end.Token);
                var line = new Line(near);
                _lines[line] = Task.CompletedTask;
                _lines[line] = Serve(line);
            }
        }
        catch (Exception over) when (over is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Disposed of.
        }
    }

    private async Task Serve(Line line)
    {
        try
        {
            await line.Far.ConnectAsync(_target, _end.Token);
            (line.Near.NoDelay, line.Far.NoDelay) = (true, true);
            var first = new byte[Piece];
            var length = await line.Near.ReceiveAsync(first, SocketFlags.None, _end.Token); // all our diallers speak first
            var (up, down) = _toxics(first.AsMemory(0, length));
            await Task.WhenAll(
                Pump(line, line.Near, line.Far, up, first.AsMemory(0, length)),
                Pump(line, line.Far, line.Near, down, default));
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Nobody listens there, or the line is lost.
        }
        finally
        {
            line.Reset();
            _lines.TryRemove(line, out _);
        }
    }

    // Reading goes on while what was read waits for its time: latency is no bandwidth.
    private async Task Pump(Line line, Socket from, Socket to, Toxics toxics, ReadOnlyMemory<byte> first)
    {
        var underway = Channel.CreateBounded<(long Due, ReadOnlyMemory<byte> Bytes)>(256);
        var arriving = Arrive(line, to, toxics, underway.Reader);
        try
        {
            for (var bytes = first; ;)
            {
                if (bytes.Length > 0)
                {
                    var late = toxics.Latency + toxics.Jitter * Random.Shared.NextDouble();
                    var due = Stopwatch.GetTimestamp() + (long)(late.TotalSeconds * Stopwatch.Frequency);
                    await underway.Writer.WriteAsync((due, bytes), _end.Token);
                }

                var buffer = new byte[Piece];
                var length = await from.ReceiveAsync(buffer, SocketFlags.None, _end.Token);
                if (length == 0) break;
                bytes = buffer.AsMemory(0, length);
            }
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            await toxics.Passage;
            line.Reset();
        }
        finally
        {
            underway.Writer.TryComplete();
        }

        await arriving;
    }

    private async Task Arrive(
        Line line, Socket to, Toxics toxics, ChannelReader<(long Due, ReadOnlyMemory<byte> Bytes)> underway)
    {
        try
        {
            var passed = 0L;
            await foreach (var (due, bytes) in underway.ReadAllAsync(_end.Token))
            {
                var early = Stopwatch.GetElapsedTime(Stopwatch.GetTimestamp(), due);
                if (early > TimeSpan.Zero) await Task.Delay(early, _end.Token);
                if (to == line.Near && line.IsHalfClosed) continue; // it has been told that nothing comes any more
                for (var rest = bytes; rest.Length > 0;)
                {
                    await toxics.Passage.WaitAsync(_end.Token);
                    var piece = rest[..Math.Min(rest.Length, toxics.Slicer > 0 ? toxics.Slicer : rest.Length)];
                    if (toxics.LimitData > 0 && passed + piece.Length > toxics.LimitData)
                    {
                        var last = piece[..Math.Max(0, (int)(toxics.LimitData - passed))];
                        await to.SendAsync(last, SocketFlags.None, _end.Token);
                        line.Reset();
                        return;
                    }

                    await to.SendAsync(piece, SocketFlags.None, _end.Token);
                    passed += piece.Length;
                    rest = rest[piece.Length..];
                    if (toxics.Bandwidth > 0) await Task.Delay(1_000 * piece.Length / toxics.Bandwidth, _end.Token);
                    else if (toxics.Slicer > 0) await Task.Yield();
                }
            }

            await toxics.Passage.WaitAsync(_end.Token);
            to.Shutdown(SocketShutdown.Send);
        }
        catch (Exception lost) when (lost is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            line.Reset();
        }
    }

    private sealed class Line(Socket near)
    {
        public Socket Near => near;

        public Socket Far { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public void Reset()
        {
            foreach (var end in new[] { near, Far })
            {
                try
                {
                    end.LingerState = new LingerOption(true, 0); // a reset, not a goodbye
                }
                catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
                {
                    continue;
                }

                end.Dispose();
            }
        }

        public bool IsHalfClosed { get; private set; }

        public void HalfClose()
        {
            try
            {
                IsHalfClosed = true;
                near.Shutdown(SocketShutdown.Send);
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                // It is closed altogether.
            }
        }
    }
}
