using Moovolt.Domain;

namespace Moovolt.Gateway.Handshakes;

/// <summary>
/// Two sockets that fight for one identity (two chargers with one name, or one that redials without waiting). The
/// newest still wins, only later: each displacement beyond the few that are normal doubles the wait before the 101.
/// </summary>
internal sealed class Flapping(GatewaySettings settings, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly Dictionary<ChargePointId, Queue<long>> displaced = [];

    /// <summary>A socket of this identity on this node was closed because a newer one came.</summary>
    /// <returns>True when this is flapping.</returns>
    public bool Displaced(ChargePointId id)
    {
        lock (gate)
        {
            if (!displaced.TryGetValue(id, out var times)) displaced[id] = times = new Queue<long>();
            Prune(times);
            times.Enqueue(time.GetTimestamp());
            if (displaced.Count > 1024) Forget();
            return times.Count > settings.FlappingDisplacements;
        }
    }

    /// <summary>How long a new socket of this identity waits.</summary>
    public TimeSpan DelayOf(ChargePointId id)
    {
        lock (gate)
        {
            if (!displaced.TryGetValue(id, out var times)) return TimeSpan.Zero;
            Prune(times);
            var beyond = times.Count - settings.FlappingDisplacements;
            if (beyond <= 0) return TimeSpan.Zero;
            var delay = TimeSpan.FromSeconds(Math.Pow(2, Math.Min(beyond - 1, 16)));
            return delay < settings.FlappingMost ? delay : settings.FlappingMost;
        }
    }

    private void Prune(Queue<long> times)
    {
        while (times.TryPeek(out var oldest) && time.GetElapsedTime(oldest) > settings.FlappingWindow) times.Dequeue();
    }

    private void Forget()
    {
        foreach (var (id, times) in displaced)
        {
            Prune(times);
            if (times.Count == 0) displaced.Remove(id);
        }
    }
}
