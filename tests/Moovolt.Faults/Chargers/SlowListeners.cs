using System.Net;
using System.Net.Sockets;
using System.Text;
using Moovolt.Faults.Run;

namespace Moovolt.Faults.Chargers;

/// <summary>F-24: twenty operators' clients ask for the stream of events and never read it.</summary>
internal sealed class SlowListeners : Fault
{
    private const int Clients = 20;

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
        }
        finally
        {
            foreach (var socket in clients) socket.Dispose();
        }

        scene.Mark("they are gone");
    }
}
