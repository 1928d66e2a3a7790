using System.Net;
using System.Net.Sockets;

namespace Moovolt.Gateway.Handshakes;

/// <summary>Where a handshake comes from, as far as budgets tell sources apart.</summary>
internal static class Source
{
    /// <summary>The address; of an IPv6 one its /64, for whoever has one of these has them all.</summary>
    public static IPAddress NetworkOf(IPAddress address)
    {
        if (address.IsIPv4MappedToIPv6) return address.MapToIPv4();
        if (address.AddressFamily != AddressFamily.InterNetworkV6) return address;
        var bytes = address.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }
}
