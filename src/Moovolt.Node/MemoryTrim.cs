namespace Moovolt.Node;

/// <summary>
/// Gives memory back to the system when the node has become quiet. A fleet that has come, or a burst, leaves the
/// collector with two to three times what lives, and with little to do it does not look again for hours.
/// </summary>
internal sealed class MemoryTrim(TimeProvider time, ILogger<MemoryTrim> log)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(5);

    /// <summary>In a row: the pause (some hundred milliseconds at 10,000 chargers) then meets nobody who is busy.</summary>
    private const int QuietLooks = 4;

    /// <summary>What gathers in a node that stays quiet is looked at so much later; after a burst at once.</summary>
    private const int RestLooks = 120;

    /// <summary>
    /// Bytes allocated between two looks by a node that has nothing to do but its sessions' own stirrings: 10,000 idle
    /// chargers make about half of it.
    /// </summary>
    private const long Quiet = 32L << 20;

    /// <summary>Bytes. Less is not worth a pause.</summary>
    private const long Worth = 24L << 20;

    private long allocatedBefore;
    private int quiet;

    public async Task RunAsync(CancellationToken cancellation)
    {
        using var timer = new PeriodicTimer(Look, time);
        while (await timer.WaitForNextTickAsync(cancellation))
        {
            if (IsDue(GC.GetTotalAllocatedBytes(), Spare())) Trim();
        }
    }

    /// <summary>Whether now is the moment, at one of the looks.</summary>
    /// <param name="allocated">Bytes, ever.</param>
    /// <param name="spare">Bytes that could be given back.</param>
    internal bool IsDue(long allocated, long spare)
    {
        quiet = allocated - allocatedBefore < Quiet ? quiet + 1 : 0;
        allocatedBefore = allocated;
        if (quiet < QuietLooks || spare <= Worth) return false;
        quiet = -RestLooks;
        return true;
    }

    // What is committed beyond what lived after the last collection.
    private static long Spare()
    {
        var memory = GC.GetGCMemoryInfo(GCKind.Any);
        return memory.TotalCommittedBytes - memory.HeapSizeBytes;
    }

    private void Trim()
    {
        var before = Spare();
        var began = time.GetTimestamp();
        GC.Collect(GC.MaxGeneration, GCCollectionMode.Aggressive, blocking: true, compacting: true);
        log.LogDebug(
            "Memory that nobody needs was {Before} MiB and is {After} MiB; the pause was {Pause} ms",
            before >> 20, Spare() >> 20, (long)time.GetElapsedTime(began).TotalMilliseconds);
    }
}
