namespace Moovolt.Faults.Checker;

/// <summary>
/// How long what happened at chargers waited to be acknowledged, over lost lines and reconnects; with a sample each
/// second of each probe that is how long a charger was without the server.
/// </summary>
internal sealed class Waits
{
    private Waits(TimeSpan longest, TimeSpan median, TimeSpan high, string worst) =>
        (Longest, Median, P99, Worst) = (longest, median, high, worst);

    public TimeSpan Longest { get; }

    public TimeSpan Median { get; }

    public TimeSpan P99 { get; }

    /// <summary>Whose the longest was.</summary>
    public string Worst { get; }

    /// <param name="messages">What was acknowledged within the time that is meant.</param>
    public static Waits Of(IEnumerable<Ledger.Message> messages)
    {
        Ledger.Message[] sorted = [.. messages.OrderBy(message => message.Waited)];
        if (sorted is []) return new Waits(default, default, default, "nobody's");
        TimeSpan At(double share) => sorted[(int)Math.Min(sorted.Length - 1, sorted.Length * share)].Waited;
        return new Waits(sorted[^1].Waited, At(0.5), At(0.99), sorted[^1].Key);
    }

    /// <summary>
    /// Of chargers whose line no fault has touched, the samples of transactions that lived on untouched as well. Where
    /// one lives nobody tells, but all of one shard live together: of the shards, as many are left out as lived on the
    /// node that the fault was about, and those are the slowest ones.
    /// </summary>
    /// <param name="samples">MeterValues and Updated of those chargers.</param>
    /// <param name="shardsTouched">How many of the shards of transactions lived where the fault struck.</param>
    public static Waits OfUntouched(IEnumerable<Ledger.Message> samples, int shardsTouched) => Of(samples
        .GroupBy(message => ShardOf(message.Transaction))
        .OrderByDescending(shard => shard.Max(message => message.Waited))
        .Skip(shardsTouched)
        .SelectMany(shard => shard));

    // FNV-1a over UTF-16 code units, mixed as MurmurHash3 does; a hundred shards. It never changes: entities would move.
    private static int ShardOf(string entity)
    {
        unchecked
        {
            var hash = 2_166_136_261u;
            foreach (var unit in entity) hash = (hash ^ unit) * 16_777_619u;
            hash = (hash ^ (hash >> 16)) * 0x85EB_CA6Bu;
            hash = (hash ^ (hash >> 13)) * 0xC2B2_AE35u;
            return (int)((hash ^ (hash >> 16)) % 100);
        }
    }
}
