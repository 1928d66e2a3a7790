using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Moovolt.EndToEnd.Security;

/// <summary>
/// Strangers who begin and never end: some begin a TLS handshake and say nothing more, others the head of a request at a
/// byte a second. Whoever is cut dials again: at once, or, if it was cut at once, after a while.
/// </summary>
internal sealed class SlowFlood : IAsyncDisposable
{
    private const int Slices = 10; // of a second: each stranger has its turn in one of them
    private const int DialsPerSlice = 200; // two thousand a second: all have dialled once before anybody dials again
    private const int PerAddress = 500; // below what one address may have under way

    private static readonly TimeSpan Slice = TimeSpan.FromSeconds(1) / Slices;
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(10);

    // A ClientHello of TLS 1.2, whole, so that all of the answer to it is made and held: a suite with ECDSA, no compression,
    // and of extensions the curve, the form of its points and the signatures.
    private static readonly byte[] Hello =
    [
        22, 3, 1, 0, 77, 1, 0, 0, 73, 3, 3, .. new byte[32], 0, 0, 2, 0xC0, 0x2B, 1, 0, 0, 30,
        0x00, 0x0A, 0x00, 0x04, 0x00, 0x02, 0x00, 0x17, 0x00, 0x0B, 0x00, 0x02, 0x01, 0x00,
        0x00, 0x0D, 0x00, 0x0C, 0x00, 0x0A, 0x04, 0x03, 0x05, 0x03, 0x06, 0x03, 0x08, 0x04, 0x04, 0x01,
    ];

    private static readonly byte[] Head = Encoding.ASCII.GetBytes("GET /ocpp/FLOOD HTTP/1.1\r\nHost: csms.example\r\nX-Slow: " + new string('x', 900));

    private readonly List<Stranger> strangers = [];
    private readonly CancellationTokenSource end = new();
    private readonly Task flooding;
    private readonly byte[] heard = new byte[8192];
    private int begun;
    private int cut;
    private int held;

    /// <param name="tls">Where handshakes are begun.</param>
    /// <param name="plain">Where requests are begun.</param>
    /// <param name="each">How many of each kind.</param>
    public SlowFlood(int tls, int plain, int each)
    {
        for (var n = 0; n < each; n++)
        {
            strangers.Add(new Stranger(tls, IPAddress.Parse($"127.0.1.{1 + (n / PerAddress)}"), Hello, AtOnce: true));
            strangers.Add(new Stranger(plain, IPAddress.Parse($"127.0.2.{1 + (n / PerAddress)}"), Head, AtOnce: false));
        }

        flooding = Task.Factory.StartNew(Flood, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    /// <summary>How many connections were begun.</summary>
    public int Begun => Volatile.Read(ref begun);

    /// <summary>How many of these the other side has ended.</summary>
    public int Cut => Volatile.Read(ref cut);

    /// <summary>How many are open, as far as a second ago tells.</summary>
    public int Held => Volatile.Read(ref held);

    public async ValueTask DisposeAsync()
    {
        await end.CancelAsync();
        await flooding;
        foreach (var stranger in strangers) stranger.Socket?.Dispose();
        end.Dispose();
    }

    private void Flood()
    {
        for (var slice = 0; !end.IsCancellationRequested; slice = (slice + 1) % Slices)
        {
            var began = TimeProvider.System.GetTimestamp();
            var dials = DialsPerSlice;
            for (var n = slice; n < strangers.Count; n += Slices)
            {
                var stranger = strangers[n];
                if (stranger.Socket is not null) GoOn(stranger);
                else if (stranger.DialsAt <= Environment.TickCount64 && dials-- > 0) Dial(stranger);
            }

            var left = Slice - TimeProvider.System.GetElapsedTime(began);
            if (left > TimeSpan.Zero) end.Token.WaitHandle.WaitOne(left);
        }
    }

    private void Dial(Stranger stranger)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        stranger.Socket = socket;
        (stranger.Said, stranger.DialsAt) = (0, Environment.TickCount64);
        Interlocked.Increment(ref begun);
        Interlocked.Increment(ref held);
        try
        {
            socket.Bind(new IPEndPoint(stranger.From, 0));
            socket.Connect(IPAddress.Loopback, stranger.Port);
            if (stranger.AtOnce) socket.Send(stranger.Says);
        }
        catch (SocketException)
        {
            HangUp(stranger);
        }
    }

    private void GoOn(Stranger stranger)
    {
        var socket = stranger.Socket!; // it has one
        try
        {
            if (socket.Poll(0, SelectMode.SelectRead) && socket.Receive(heard) == 0) HangUp(stranger);
            else if (!stranger.AtOnce) socket.Send(stranger.Says.AsSpan(stranger.Said++ % stranger.Says.Length, 1));
        }
        catch (SocketException)
        {
            HangUp(stranger);
        }
    }

    private void HangUp(Stranger stranger)
    {
        stranger.Socket?.Dispose();
        stranger.Socket = null;
        stranger.DialsAt += (long)Pause.TotalMilliseconds; // counted from when it last dialled
        Interlocked.Increment(ref cut);
        Interlocked.Decrement(ref held);
    }

    private sealed record Stranger(int Port, IPAddress From, byte[] Says, bool AtOnce)
    {
        public Socket? Socket { get; set; }
        public int Said { get; set; }
        public long DialsAt { get; set; }
    }
}
