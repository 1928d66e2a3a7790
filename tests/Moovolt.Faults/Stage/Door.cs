using System.Net;
using System.Text;
using Moovolt.Rig;

namespace Moovolt.Faults.Stage;

/// <summary>The chargers' way to one node.</summary>
internal sealed class Door : IAsyncDisposable
{
    private readonly TcpProxy _proxy;
    private volatile Pair _vanishing = new();

    public Door(int port, int node)
    {
        Port = port;
        _proxy = new TcpProxy(
            new IPEndPoint(IPAddress.Loopback, port),
            new IPEndPoint(IPAddress.Loopback, node),
            first => IsOfThoseWhoVanish(first.Span) ? (_vanishing.Up, _vanishing.Down) : (Up, Down));
    }

    public int Port { get; }

    /// <summary>Of what chargers send, but for those who vanish.</summary>
    public Toxics Up { get; } = new();

    /// <summary>Of what chargers are sent, but for those who vanish.</summary>
    public Toxics Down { get; } = new();

    public int Lines => _proxy.Lines;

    /// <summary>Chargers whose number ends with 0, 1 or 2 are those who may vanish.</summary>
    public static bool Vanishes(string identity) => identity[^1] is '0' or '1' or '2';

    /// <summary>
    /// On the lines that those chargers have now nothing passes any more, not even that they are closed. Lines that
    /// they make from now on are good.
    /// </summary>
    public void Vanish()
    {
        var lost = _vanishing;
        _vanishing = new Pair();
        (lost.Up.Timeout, lost.Down.Timeout) = (true, true);
        _lost.Add(lost);
    }

    public void ResetPeers(int share = 1) => _proxy.ResetPeers(share);

    public void HalfClose() => _proxy.HalfClose();

    public void Heal()
    {
        foreach (var pair in _lost.Append(_vanishing).Append(new Pair(Up, Down)))
        {
            pair.Up.Clear();
            pair.Down.Clear();
        }

        _lost.Clear();
    }

    public async ValueTask DisposeAsync()
    {
        Heal();
        await _proxy.DisposeAsync();
    }

    private readonly List<Pair> _lost = [];

    // "GET /ocpp/CP-0012 HTTP/1.1": the identity is the end of the path.
    private static bool IsOfThoseWhoVanish(ReadOnlySpan<byte> first)
    {
        var line = Encoding.ASCII.GetString(first[..Math.Min(first.Length, 200)]).Split(' ');
        return line.Length > 1 && line[1].Length > 0 && Vanishes(line[1]);
    }

    private sealed record Pair(Toxics Up, Toxics Down)
    {
        public Pair()
            : this(new Toxics(), new Toxics())
        {
        }
    }
}
