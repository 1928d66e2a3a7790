using System.Net;
using System.Net.Sockets;
using System.Text;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.Faults;

/// <summary>The proxy does what its words say: a test of the rig, without which nothing that it shows is worth much.</summary>
public sealed class ProxySpec : IAsyncLifetime, IDisposable
{
    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(20);

    private readonly TcpListener _echo = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _end = new();
    private Task _serving = Task.CompletedTask;
    private TcpProxy? _proxy;
    private int _port;

    private TcpProxy Proxy => _proxy ?? throw new InvalidOperationException("It is made before each test.");

    public Task InitializeAsync()
    {
        _echo.Start();
        _serving = Serve();
        _port = Ports.Free();
        _proxy = new TcpProxy(new IPEndPoint(IPAddress.Loopback, _port), (IPEndPoint)_echo.LocalEndpoint);
        return Task.CompletedTask;
    }

    public async Task DisposeAsync()
    {
        await _end.CancelAsync();
        await Proxy.DisposeAsync();
        _echo.Stop();
        await _serving;
    }

    public void Dispose()
    {
        _end.Dispose();
        _echo.Dispose();
    }

    [Fact]
    public async Task What_is_sent_comes_back_in_order_and_later_by_its_latency()
    {
        using var client = await Dial();
        (Proxy.Up.Latency, Proxy.Up.Jitter) = (TimeSpan.FromMilliseconds(100), TimeSpan.FromMilliseconds(50));
        Proxy.Down.Slicer = 3;
        var sent = DateTimeOffset.UtcNow;
        await client.SendAsync(Encoding.ASCII.GetBytes("one two three"));
        Assert.Equal("one two three", await Read(client, 13));
        Assert.True(DateTimeOffset.UtcNow - sent >= TimeSpan.FromMilliseconds(95));
    }

    [Fact]
    public async Task A_blackhole_holds_bytes_and_lets_them_go_afterwards()
    {
        using var client = await Dial();
        Proxy.Down.Timeout = true;
        await client.SendAsync(Encoding.ASCII.GetBytes("held"));
        var read = Read(client, 4);
        await Task.Delay(TimeSpan.FromMilliseconds(300));
        Assert.False(read.IsCompleted);
        Proxy.Down.Timeout = false;
        Assert.Equal("held", await read.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_line_that_takes_so_many_bytes_is_reset_in_the_middle_of_them()
    {
        using var client = await Dial();
        Proxy.Down.LimitData = 5;
        await client.SendAsync(Encoding.ASCII.GetBytes("far too long"));
        await Assert.ThrowsAnyAsync<SocketException>(() => Read(client, 12).WaitAsync(Soon));
    }

    [Fact]
    public async Task A_half_closed_line_is_still_listened_to()
    {
        using var client = await Dial();
        Proxy.HalfClose();
        Assert.Equal(0, await client.ReceiveAsync(new byte[1], SocketFlags.None).WaitAsync(Soon));
        await client.SendAsync(Encoding.ASCII.GetBytes("anybody?"));
        await Task.Delay(TimeSpan.FromMilliseconds(300)); // time for its answer, which nobody gets
        Assert.Equal(1, Proxy.Lines);
    }

    [Fact]
    public async Task A_reset_ends_every_line_at_once()
    {
        using var client = await Dial();
        Proxy.ResetPeers();
        await Assert.ThrowsAnyAsync<SocketException>(() => Read(client, 1).WaitAsync(Soon));
        Assert.True(await Eventually.Is(() => Proxy.Lines == 0, Soon));
    }

    private async Task<Socket> Dial()
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        await client.ConnectAsync(IPAddress.Loopback, _port);
        await client.SendAsync(Encoding.ASCII.GetBytes("x")); // diallers speak first
        Assert.Equal("x", await Read(client, 1));
        return client;
    }

    private static async Task<string> Read(Socket client, int length)
    {
        var (bytes, filled) = (new byte[length], 0);
        while (filled < length)
        {
            var got = await client.ReceiveAsync(bytes.AsMemory(filled), SocketFlags.None);
            if (got == 0) break;
            filled += got;
        }

        return Encoding.ASCII.GetString(bytes, 0, filled);
    }

    private async Task Serve()
    {
        try
        {
            while (true)
            {
                using var socket = await _echo.AcceptSocketAsync(_end.Token);
                await Echo(socket);
            }
        }
        catch (OperationCanceledException)
        {
            // The test is over.
        }
    }

    private async Task Echo(Socket socket)
    {
        try
        {
            var buffer = new byte[1024];
            while (await socket.ReceiveAsync(buffer, SocketFlags.None, _end.Token) is var length and > 0)
                await socket.SendAsync(buffer.AsMemory(0, length), SocketFlags.None, _end.Token);
        }
        catch (SocketException)
        {
            // The line was reset, which is what is tested.
        }
    }
}
