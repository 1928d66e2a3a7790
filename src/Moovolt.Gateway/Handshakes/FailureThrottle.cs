using System.Net;
using Moovolt.Domain;

namespace Moovolt.Gateway.Handshakes;

/// <summary>
/// Slows down who guesses passwords. Never by identity alone: whoever knows a charger's name could then lock it out.
/// Never by address alone: one charger with a wrong password must not lock out its neighbours behind the same router or
/// balancer. Guesses at one identity from many places are therefore only an alarm.
/// </summary>
internal sealed class FailureThrottle(GatewaySettings settings, TimeProvider time)
{
    /// <summary>Longer than a password takes to be checked, and shorter than a charger waits for its handshake.</summary>
    private static readonly TimeSpan LongestWait = TimeSpan.FromSeconds(10);

    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(20);

    private readonly Buckets<(IPAddress Source, ChargePointId Id)> perCharger =
        new(settings.FailuresPerCharger, settings.FailuresPerChargerRefill, time);

    private readonly Buckets<IPAddress>? perAddress = settings.FailuresPerAddress == 0 ? null
        : new(settings.FailuresPerAddress, settings.FailuresPerAddressRefill, time);

    private readonly Recurrences perIdentity =
        new(settings.FailuresPerIdentity, settings.FailuresPerIdentityWindow, time);

    private readonly Lock gate = new();
    private readonly Dictionary<(IPAddress Network, ChargePointId? Id), int> underWay = []; // no Id: all of that address

    /// <summary>
    /// Begins a try, which counts as a failure until it is over: those that are judged at the same time must not be more
    /// than may fail. Whoever finds its own, or its address's, taken by such waits for what becomes of them: a fleet behind
    /// one router comes at once, and its passwords are right.
    /// </summary>
    /// <returns>Null when this source must wait before its next try.</returns>
    public async Task<Try?> BeginAsync(IPAddress source, ChargePointId id, CancellationToken cancellation)
    {
        var network = Source.NetworkOf(source);
        var began = time.GetTimestamp();
        while (true)
        {
            lock (gate)
            {
                if (TryTake(network, id, out var spent)) return new Try(this, network, id, isCrowded: false);
                if (!underWay.ContainsKey(spent) || time.GetElapsedTime(began) >= LongestWait)
                    return BeginInCrowd(network, id);
            }

            await Task.Delay(Often, time, cancellation);
        }
    }

    // Spent is what stands in its way: its own tries, or those of its address.
    private bool TryTake(IPAddress network, ChargePointId id, out (IPAddress Network, ChargePointId? Id) spent)
    {
        spent = (network, id);
        if (!perCharger.TryTake((network, id))) return false;
        if (perAddress?.TryTake(network) == false)
        {
            spent = (network, null);
            perCharger.GiveBack((network, id));
            return false;
        }

        Count((network, id), 1);
        Count((network, null), 1);
        return true;
    }

    private void Count((IPAddress Network, ChargePointId? Id) whose, int more)
    {
        if (underWay.GetValueOrDefault(whose) + more is var now and > 0) underWay[whose] = now;
        else underWay.Remove(whose);
    }

    // Nothing is left at its address: only who has not failed there itself may still try.
    private Try? BeginInCrowd(IPAddress network, ChargePointId id) =>
        perCharger.IsFull((network, id)) && perCharger.TryTake((network, id))
            ? new Try(this, network, id, isCrowded: true)
            : null;

    private void End(IPAddress network, ChargePointId id, bool hasFailed, bool isCrowded)
    {
        lock (gate)
        {
            if (!isCrowded)
            {
                Count((network, id), -1);
                Count((network, null), -1);
            }

            if (hasFailed) return;
            perCharger.GiveBack((network, id));
            if (!isCrowded) perAddress?.GiveBack(network);
        }
    }

    /// <summary>One try to prove who one is. What did not fail costs nothing, also when nobody could judge it.</summary>
    public sealed class Try(FailureThrottle throttle, IPAddress network, ChargePointId id, bool isCrowded) : IDisposable
    {
        private bool hasFailed;

        /// <summary>
        /// Others behind its address have used up what may go wrong there: it waits for its turn (<see cref="Crowd"/>).
        /// </summary>
        public bool IsCrowded => isCrowded;

        /// <returns>How often this identity was guessed at of late, wherever from.</returns>
        public Recurrence Fail()
        {
            hasFailed = true;
            return throttle.perIdentity.Saw(id);
        }

        public void Dispose() => throttle.End(network, id, hasFailed, isCrowded);
    }
}
