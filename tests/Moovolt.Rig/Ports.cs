using System.Net;
using System.Net.Sockets;

namespace Moovolt.Rig;

/// <summary>Ports are asked from the system, never fixed: several suites may run on one machine.</summary>
public static class Ports
{
    private static readonly HashSet<int> Given = [];

    /// <summary>One that nobody listens on, and that was not handed out here before.</summary>
    public static int Free()
    {
        lock (Given)
        {
            while (true)
            {
                using var listener = new TcpListener(IPAddress.Loopback, 0);
                listener.Start();
                var port = ((IPEndPoint)listener.LocalEndpoint).Port;
                if (Given.Add(port)) return port;
            }
        }
    }
}
