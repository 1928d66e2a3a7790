using System.Globalization;

namespace Moovolt.Simulator;

/// <summary>
/// A charger's clock in whole milliseconds of UTC. It never says the same time twice: what is charged in a closed loop
/// is told apart by its timestamps, as the sessions of a real charger are.
/// </summary>
/// <param name="ahead">How far it is ahead of the tester's; negative: behind.</param>
internal sealed class ChargerClock(TimeSpan ahead = default)
{
    private long last;

    public TimeSpan Ahead => ahead;

    public DateTimeOffset Next()
    {
        while (true)
        {
            var before = Volatile.Read(ref last);
            var next = Math.Max(before + 1, (DateTimeOffset.UtcNow + ahead).ToUnixTimeMilliseconds());
            if (Interlocked.CompareExchange(ref last, next, before) == before)
                return DateTimeOffset.FromUnixTimeMilliseconds(next);
        }
    }

    public static string Print(DateTimeOffset at) =>
        at.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
}
