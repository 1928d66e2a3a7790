using System.Net;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Moovolt.Gateway.Listeners;

/// <summary>From an address as people write it to what Kestrel listens at: it takes no addresses once it was told of one endpoint.</summary>
public static class Endpoints
{
    /// <summary>
    /// Listens at an address: an IP address, localhost (both loopbacks; one of them for port 0), and any other name for
    /// all interfaces, as ASP.NET has it.
    /// </summary>
    public static void ListenAt(this KestrelServerOptions kestrel, Uri url, Action<ListenOptions> configure)
    {
        if (IPAddress.TryParse(url.Host.Trim('[', ']'), out var address)) kestrel.Listen(address, url.Port, configure);
        else if (url.Host != "localhost") kestrel.ListenAnyIP(url.Port, configure);
        else if (url.Port == 0) kestrel.Listen(IPAddress.Loopback, 0, configure);
        else kestrel.ListenLocalhost(url.Port, configure);
    }
}
