using System.Net;
using Akka.Configuration;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Moovolt.ReadModel.Doors;

namespace Moovolt.Gateway.Listeners;

/// <summary>Where chargers connect to this node beside MOOVOLT_URLS, and the certificates of what has TLS.</summary>
public sealed class ChargerListeners
{
    private readonly GatewaySettings settings;
    private readonly List<(Uri Url, TlsDoor Door, ServerCertificates Certificates)> doors = [];
    private readonly TimeProvider time;

    /// <exception cref="ConfigurationException">A certificate cannot be used; the message says which and why.</exception>
    public ChargerListeners(
        GatewaySettings settings, ChargerGateway gateway, Observations observations, TimeProvider time, ILogger<ChargerListeners> logger)
    {
        (this.settings, this.time) = (settings, time);
        var budget = new HandshakeBudget(settings.Listening.Handshakes, settings.Listening.HandshakesPerAddress);
        foreach (var listener in settings.Listening.Listeners)
        {
            var certificates = new ServerCertificates(listener, settings.Listening, time, logger);
            doors.Add((
                listener.Url,
                new TlsDoor(listener, certificates, settings, budget, gateway.Metrics, observations, time, logger),
                certificates));
        }
    }

    /// <summary>Listens. What is served there is what the application serves; see <see cref="GatewayRoutes"/>.</summary>
    public void Listen(KestrelServerOptions kestrel)
    {
        foreach (var (url, door, _) in doors) kestrel.ListenAt(url, door.Guard);
        foreach (var plain in settings.Listening.Plain)
            kestrel.ListenAt(plain.Url, endpoint => Mark(endpoint, ListenedAt.Of(plain)));
    }

    // So that what is served there knows where it is, as it does at a TLS listener.
    private static void Mark(ListenOptions endpoint, ListenedAt here) => endpoint.Use(next => connection =>
    {
        connection.Features.Set(here);
        return next(connection);
    });

    /// <summary>Reads certificates anew when their files have changed, until it is cancelled.</summary>
    public async Task RunAsync(CancellationToken cancellation)
    {
        if (doors.Count == 0) return;
        using var timer = new PeriodicTimer(settings.Listening.ReloadEvery, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            foreach (var (_, _, certificates) in doors) certificates.Renew();
        }
    }
}
