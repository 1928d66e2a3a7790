using System.Net;
using System.Net.Sockets;
using Moovolt.Domain;

namespace Moovolt.Gateway.Handshakes;

/// <summary>
/// Slows down who guesses passwords. Never by identity alone: whoever knows a charger's name could then lock it out.
/// Never by address alone within reason: one charger with a wrong password must not lock out its neighbours behind
/// the same router.
/// </summary>
internal sealed class FailureThrottle(GatewaySettings settings, TimeProvider time)
{
    /// <summary>So many sources are told apart; more than these are a flood, and the oldest are forgotten.</summary>
    private const int Most = 20_000;

    private readonly Lock gate = new();
    private readonly Dictionary<(IPAddress Source, ChargePointId? Id), Bucket> buckets = [];

    /// <summary>False when this source must wait before its next try.</summary>
    public bool Allows(IPAddress source, ChargePointId id)
    {
        lock (gate)
        {
            return Left((Network(source), id), settings.FailuresPerCharger, settings.FailuresPerChargerRefill) >= 1
                && Left((Network(source), null), settings.FailuresPerAddress, settings.FailuresPerAddressRefill) >= 1;
        }
    }

    public void Failed(IPAddress source, ChargePointId id)
    {
        lock (gate)
        {
            if (buckets.Count >= Most) Forget();
            Take((Network(source), id), settings.FailuresPerCharger, settings.FailuresPerChargerRefill);
            Take((Network(source), null), settings.FailuresPerAddress, settings.FailuresPerAddressRefill);
        }
    }

    private double Left((IPAddress Source, ChargePointId? Id) key, int most, TimeSpan refill) =>
        buckets.TryGetValue(key, out var bucket)
            ? Math.Min(most, bucket.Left + (time.GetElapsedTime(bucket.At) / refill))
            : most;

    private void Take((IPAddress Source, ChargePointId? Id) key, int most, TimeSpan refill) =>
        buckets[key] = new Bucket(Math.Max(0, Left(key, most, refill) - 1), time.GetTimestamp());

    private void Forget()
    {
        foreach (var key in buckets.OrderBy(entry => entry.Value.At).Take(Most / 4).Select(entry => entry.Key).ToArray())
            buckets.Remove(key);
    }

    // Whoever has one IPv6 address has the whole /64.
    private static IPAddress Network(IPAddress source)
    {
        if (source.IsIPv4MappedToIPv6) return source.MapToIPv4();
        if (source.AddressFamily != AddressFamily.InterNetworkV6) return source;
        var bytes = source.GetAddressBytes();
        bytes.AsSpan(8).Clear();
        return new IPAddress(bytes);
    }

    private readonly record struct Bucket(double Left, long At);
}
