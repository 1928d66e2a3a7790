using System.Numerics;

namespace Moovolt.Simulator;

/// <summary>How many of a fleet's answers took how long.</summary>
/// <param name="Count">Answers counted.</param>
public sealed record Latency(long Count, double P50Ms, double P95Ms, double P99Ms, double MaxMs);

/// <summary>
/// Counts durations in buckets that grow with them: 64 to each doubling, so that a quantile is at most 1.6 % too high
/// and never too low. Written from many threads without a lock.
/// </summary>
public sealed class Histogram
{
    private const int Fine = 6;
    private const int Steps = 1 << Fine;
    private readonly long[] counts = new long[(40 - Fine + 1) * Steps];
    private long longest;

    public void Record(TimeSpan duration)
    {
        var microseconds = Math.Clamp((long)duration.TotalMicroseconds, 0, (1L << 40) - 1);
        Interlocked.Increment(ref counts[Bucket(microseconds)]);
        InterlockedMax(ref longest, microseconds);
    }

    public Latency Read()
    {
        var copy = Array.ConvertAll(counts, static count => count);
        var total = copy.Sum();
        return new Latency(total, Quantile(copy, total, 0.50), Quantile(copy, total, 0.95), Quantile(copy, total, 0.99),
            Interlocked.Read(ref longest) / 1000.0);
    }

    internal static void InterlockedMax(ref long target, long value)
    {
        for (var seen = Interlocked.Read(ref target); seen < value;)
        {
            var before = Interlocked.CompareExchange(ref target, value, seen);
            if (before == seen) return;
            seen = before;
        }
    }

    private double Quantile(long[] copy, long total, double share)
    {
        if (total == 0) return 0;
        var rank = (long)Math.Ceiling(total * share);
        var bucket = 0;
        for (var seen = copy[0]; seen < rank; seen += copy[bucket]) bucket++;
        return Math.Min(Highest(bucket), Interlocked.Read(ref longest)) / 1000.0;
    }

    // Below 64 each microsecond has its own bucket; above, the six bits under the leading one choose it.
    private static int Bucket(long microseconds)
    {
        var shift = Math.Max(0, BitOperations.Log2((ulong)microseconds) - Fine);
        return (shift << Fine) + (int)(microseconds >> shift);
    }

    private static long Highest(int bucket)
    {
        var shift = Math.Max(0, (bucket >> Fine) - 1);
        return ((bucket - ((long)shift << Fine) + 1) << shift) - 1;
    }
}
