using System.Net;
using System.Runtime.InteropServices;
using Moovolt.Gateway.Handshakes;

namespace Moovolt.Gateway.Listeners;

/// <summary>
/// How many TLS handshakes may be under way: on the node, so that half-done ones cost a bounded amount, and from one
/// address (of IPv6, one /64), so that it does not use up the places of all others.
/// </summary>
internal sealed class HandshakeBudget(int most, int mostPerAddress)
{
    private readonly Lock gate = new();
    private readonly Dictionary<IPAddress, int> underWay = [];
    private int all;

    /// <summary>A place, to be given back; null when there is none.</summary>
    public Place? TryEnter(IPAddress address)
    {
        var from = Source.NetworkOf(address);
        lock (gate)
        {
            var so = underWay.GetValueOrDefault(from);
            if (all >= most || so >= mostPerAddress) return null;
            all++;
            underWay[from] = so + 1;
            return new Place(this, from);
        }
    }

    private void Leave(IPAddress from)
    {
        lock (gate)
        {
            all--;
            // Whoever leaves has entered, so it is there.
            if (--CollectionsMarshal.GetValueRefOrNullRef(underWay, from) == 0) underWay.Remove(from);
        }
    }

    /// <summary>One handshake's place. Giving it back twice does no harm.</summary>
    public sealed class Place(HandshakeBudget budget, IPAddress from) : IDisposable
    {
        private int left;

        public void Dispose()
        {
            if (Interlocked.Exchange(ref left, 1) == 0) budget.Leave(from);
        }
    }
}
