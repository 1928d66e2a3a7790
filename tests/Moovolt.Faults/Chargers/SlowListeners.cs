using System.Net;
using System.Net.Sockets;
using System.Text;
using Moovolt.Faults.Run;

namespace Moovolt.Faults.Chargers;

/// <summary>
/// F-24: twenty operators' clients ask for the stream of events and never read it. Nothing is kept for them beyond the
/// buffers of their connections; what is in them when they read at last is counted. Loopback's are larger than what a
/// load of this size has to say in the time, so that most are still served then: a drop is measured, and not demanded.
/// </summary>
internal sealed class SlowListeners : Fault
{
    private const int Clients = 20;

    /// <summary>More than the buffers of a connection, at both ends and in the kernel between.</summary>
    private const int MostKept = 8 << 20;

    private static readonly TimeSpan Reading = TimeSpan.FromSeconds(5);

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
            var found = await Task.WhenAll(clients.Select(Read));
            scene.Measure("kept for a listener KiB", $"{found.Max(each => each.Bytes) >> 10}");
            scene.Measure("listeners dropped", $"{found.Count(each => each.IsOver)} of {Clients}");
            if (found.Max(each => each.Bytes) >= MostKept)
                throw new InvalidOperationException("More is kept for one that does not read than buffers hold.");
        }
        finally
        {
            foreach (var socket in clients) socket.Dispose();
        }

        scene.Mark("they are gone");
    }

    /// <returns>How many bytes come while it reads, and whether that is all.</returns>
    private static async Task<(int Bytes, bool IsOver)> Read(Socket socket)
    {
        var buffer = new byte[64 << 10];
        using var patience = new CancellationTokenSource(Reading);
        var bytes = 0;
        try
        {
            while (bytes < MostKept)
            {
                var got = await socket.ReceiveAsync(buffer, patience.Token);
                if (got == 0) return (bytes, true);
                bytes += got;
            }
        }
        catch (SocketException)
        {
            return (bytes, true); // it was reset
        }
        catch (OperationCanceledException)
        {
            // It is still served.
        }

        return (bytes, false);
    }
}
