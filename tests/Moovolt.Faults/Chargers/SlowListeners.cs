using System.Net;
using System.Net.Sockets;
using System.Text;
using Moovolt.Faults.Run;

namespace Moovolt.Faults.Chargers;

/// <summary>
/// F-24: twenty operators' clients ask for the stream of events and never read it. Nothing is kept for them beyond the
/// buffers of their connections: each is dropped when those are full, and what it finds in them then has an end.
/// </summary>
internal sealed class SlowListeners : Fault
{
    private const int Clients = 20;

    /// <summary>More than the buffers of a connection, at both ends and in the kernel between.</summary>
    private const int MostKept = 8 << 20;

    private static readonly TimeSpan UntilEnd = TimeSpan.FromSeconds(10);

    public override string Id => "F-24";

    public override string What => "20 clients ask for the stream of events, and never read it, for 40 s";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(5);

    public override async Task Strike(Scene scene)
    {
        List<Socket> clients = [];
        try
        {
            for (var client = 0; client < Clients; client++)
            {
                var node = scene.Nodes[client % scene.Nodes.Count];
                var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
                socket.ReceiveBufferSize = 2_048;
                clients.Add(socket);
                await socket.ConnectAsync(IPAddress.Loopback, node.Port);
                await socket.SendAsync(Encoding.ASCII.GetBytes(
                    "GET /api/v1/events HTTP/1.1\r\nHost: moovolt\r\n"
                    + $"Authorization: Bearer {scene.Theatre.OperatorKey}\r\n\r\n"));
            }

            scene.Mark($"{Clients} listen, and do not read");
            await Task.Delay(TimeSpan.FromSeconds(40));
            var kept = await Task.WhenAll(clients.Select(Drain));
            scene.Measure("kept for a listener KiB", $"{kept.Max() >> 10}");
            var alive = kept.Count(bytes => bytes < 0);
            if (alive > 0)
                throw new InvalidOperationException($"{alive} of {Clients} that never read were not dropped.");
        }
        finally
        {
            foreach (var socket in clients) socket.Dispose();
        }

        scene.Mark("they are gone");
    }

    /// <returns>How many bytes there are until the connection is over; negative when it goes on and on.</returns>
    private static async Task<int> Drain(Socket socket)
    {
        var buffer = new byte[64 << 10];
        using var patience = new CancellationTokenSource(UntilEnd);
        var bytes = 0;
        try
        {
            while (bytes < MostKept)
            {
                var got = await socket.ReceiveAsync(buffer, patience.Token);
                if (got == 0) return bytes;
                bytes += got;
            }

            return -bytes;
        }
        catch (SocketException)
        {
            return bytes; // it was reset: dropped
        }
        catch (OperationCanceledException)
        {
            return -1;
        }
    }
}
