namespace Moovolt.Simulator;

/// <summary>
/// The register of a connector: whole Wh over its lifetime, the ground truth that a server's sums are held against.
/// It only advances, and no fraction of a Wh is ever lost or invented.
/// </summary>
internal sealed class Meter(long wattHours, int watts)
{
    private const long WattMillisecondsPerWattHour = 3_600_000;
    private long remainder;

    public long WattHours { get; private set; } = wattHours;

    public void Run(TimeSpan time)
    {
        WattHours += Math.DivRem(
            remainder + watts * (long)time.TotalMilliseconds, WattMillisecondsPerWattHour, out remainder);
    }
}
