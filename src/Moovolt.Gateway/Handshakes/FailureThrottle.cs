using System.Net;
using Moovolt.Domain;

namespace Moovolt.Gateway.Handshakes;

/// <summary>
/// Slows down who guesses passwords. Never by identity alone: whoever knows a charger's name could then lock it out.
/// Never by address alone within reason: one charger with a wrong password must not lock out its neighbours behind
/// the same router. Guesses at one identity from many places are therefore only an alarm.
/// </summary>
internal sealed class FailureThrottle(GatewaySettings settings, TimeProvider time)
{
    private readonly Buckets<(IPAddress Source, ChargePointId Id)> perCharger =
        new(settings.FailuresPerCharger, settings.FailuresPerChargerRefill, time);

    private readonly Buckets<IPAddress> perAddress =
        new(settings.FailuresPerAddress, settings.FailuresPerAddressRefill, time);

    private readonly Recurrences perIdentity =
        new(settings.FailuresPerIdentity, settings.FailuresPerIdentityWindow, time);

    /// <summary>False when this source must wait before its next try.</summary>
    public bool Allows(IPAddress source, ChargePointId id)
    {
        var network = Source.NetworkOf(source);
        return perCharger.Has((network, id)) && perAddress.Has(network);
    }

    /// <returns>How often this identity was guessed at of late, wherever from.</returns>
    public Recurrence Failed(IPAddress source, ChargePointId id)
    {
        var network = Source.NetworkOf(source);
        perCharger.TryTake((network, id));
        perAddress.TryTake(network);
        return perIdentity.Saw(id);
    }
}
