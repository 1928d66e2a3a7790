using System.Diagnostics;

namespace Moovolt.Simulator;

/// <summary>
/// A cap on how many transaction messages a fleet sends in a second: evenly spread turns, first come first served.
/// </summary>
internal sealed class Pacer(double perSecond)
{
    private readonly long step = (long)(Stopwatch.Frequency / perSecond);
    private readonly Lock gate = new();
    private long next;

    public Task Turn(CancellationToken cancellation)
    {
        TimeSpan wait;
        lock (gate)
        {
            var now = Stopwatch.GetTimestamp();
            // What was not used is not saved up, but for the little that a timer is late.
            next = Math.Max(next + step, now - Stopwatch.Frequency / 50);
            wait = Stopwatch.GetElapsedTime(now, next);
        }

        return wait > TimeSpan.Zero ? Task.Delay(wait, cancellation) : Task.CompletedTask;
    }
}
