namespace Moovolt.Gateway.Handshakes;

/// <summary>
/// So many at once and then one per refill, for each key by itself: what a source may do before it must wait.
/// </summary>
internal sealed class Buckets<TKey>(int most, TimeSpan refill, TimeProvider time)
    where TKey : notnull
{
    /// <summary>So many keys are told apart; more than these are a flood, and the oldest are forgotten.</summary>
    public const int Kept = 20_000;

    private readonly Lock gate = new();
    private readonly Dictionary<TKey, Bucket> buckets = [];

    public int Count
    {
        get
        {
            lock (gate) return buckets.Count;
        }
    }

    /// <summary>True while nothing was taken of late.</summary>
    public bool IsFull(TKey key)
    {
        lock (gate) return Left(key) >= most;
    }

    /// <summary>Takes one; false, and nothing taken, when none is left.</summary>
    public bool TryTake(TKey key)
    {
        lock (gate)
        {
            var left = Left(key);
            if (left < 1) return false;
            if (buckets.Count >= Kept) Forget();
            buckets[key] = new Bucket(left - 1, time.GetTimestamp());
            return true;
        }
    }

    /// <summary>Puts back what was taken for something that did not come to pass.</summary>
    public void GiveBack(TKey key)
    {
        lock (gate)
        {
            var left = Left(key) + 1;
            if (left >= most) buckets.Remove(key); // as good as never seen
            else buckets[key] = new Bucket(left, time.GetTimestamp());
        }
    }

    private double Left(TKey key) => buckets.TryGetValue(key, out var bucket)
        ? Math.Min(most, bucket.Left + (time.GetElapsedTime(bucket.At) / refill))
        : most;

    private void Forget()
    {
        foreach (var key in buckets.OrderBy(entry => entry.Value.At)
            .Take(Kept / 4).Select(entry => entry.Key).ToArray())
            buckets.Remove(key);
    }

    private readonly record struct Bucket(double Left, long At);
}
