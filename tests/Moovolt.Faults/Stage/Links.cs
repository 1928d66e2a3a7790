using System.Net;
using System.Text;
using Moovolt.Rig;

namespace Moovolt.Faults.Stage;

/// <summary>
/// The lines between nodes. Each node is known to the others under a loopback address of its own, at which a proxy
/// listens; who dials it is read from the first frame, in which a node of Akka says its own address.
/// </summary>
internal sealed class Links : IAsyncDisposable
{
    private readonly Toxics[,] _toxics;
    private readonly List<TcpProxy> _proxies = [];

    public Links(int nodes)
    {
        _toxics = new Toxics[nodes, nodes];
        for (var from = 0; from < nodes; from++)
            for (var to = 0; to < nodes; to++)
                _toxics[from, to] = new Toxics();
    }

    /// <summary>How many nodes there are.</summary>
    public int Nodes => _toxics.GetLength(0);

    /// <summary>Of what one node sends to another, over whichever connection.</summary>
    public Toxics this[int from, int to] => _toxics[from, to];

    /// <summary>The address that a node is known at.</summary>
    public static string HostOf(int node) => $"127.0.1.{node + 1}";

    /// <summary>Opens the way to a node.</summary>
    public void Open(int node, int publicPort, int port) => _proxies.Add(new TcpProxy(
        new IPEndPoint(IPAddress.Parse(HostOf(node)), publicPort),
        new IPEndPoint(IPAddress.Loopback, port),
        first => Dialler(first.Span) is { } dialler
            ? (_toxics[dialler, node], _toxics[node, dialler])
            : (new Toxics(), new Toxics())));

    /// <summary>Nothing passes between a node and the others any more, in either direction.</summary>
    public void Isolate(int node)
    {
        for (var other = 0; other < Nodes; other++)
            if (other != node) (_toxics[node, other].Timeout, _toxics[other, node].Timeout) = (true, true);
    }

    /// <summary>All is well again, everywhere.</summary>
    public void Heal()
    {
        foreach (var toxics in _toxics) toxics.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        Heal();
        foreach (var proxy in _proxies) await proxy.DisposeAsync();
    }

    private int? Dialler(ReadOnlySpan<byte> first)
    {
        for (var node = 0; node < Nodes; node++)
            if (first.IndexOf(Encoding.ASCII.GetBytes(HostOf(node))) >= 0) return node;
        return null;
    }
}
