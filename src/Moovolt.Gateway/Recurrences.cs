using Moovolt.Domain;

namespace Moovolt.Gateway;

/// <summary>How often something has happened of late.</summary>
internal enum Recurrence
{
    /// <summary>As often as it does in any charger's life.</summary>
    Usual,

    /// <summary>More often, and somebody has been told.</summary>
    TooOften,

    /// <summary>More often, and somebody should be told: once per window, however long it goes on.</summary>
    Alarming,
}

/// <summary>
/// Counts, by charger, what should be seldom. It remembers no more than it needs to tell seldom from often.
/// </summary>
/// <param name="most">So many within the window are usual.</param>
internal sealed class Recurrences(int most, TimeSpan window, TimeProvider time)
{
    /// <summary>
    /// So many chargers are counted; beyond them those that have been quiet the longest are forgotten.
    /// </summary>
    public const int Kept = 20_000;

    private readonly Lock gate = new();
    private readonly Dictionary<ChargePointId, Record> records = [];

    public int Count
    {
        get
        {
            lock (gate) return records.Count;
        }
    }

    /// <summary>It has happened at this charger once more.</summary>
    public Recurrence Saw(ChargePointId id)
    {
        lock (gate)
        {
            if (!records.TryGetValue(id, out var record))
            {
                if (records.Count >= Kept) Forget();
                records[id] = record = new Record();
            }

            var times = record.Times;
            while (times.TryPeek(out var oldest) && time.GetElapsedTime(oldest) >= window) times.Dequeue();
            if (times.Count > most) times.Dequeue(); // one beyond the usual says it all
            record.Last = time.GetTimestamp();
            times.Enqueue(record.Last);

            if (times.Count <= most) return Recurrence.Usual;
            if (record.ToldAt is { } told && time.GetElapsedTime(told) < window) return Recurrence.TooOften;
            record.ToldAt = record.Last;
            return Recurrence.Alarming;
        }
    }

    private void Forget()
    {
        foreach (var id in records.OrderBy(entry => entry.Value.Last)
            .Take(Kept / 4).Select(entry => entry.Key).ToArray())
            records.Remove(id);
    }

    private sealed class Record
    {
        public Queue<long> Times { get; } = new();
        public long Last { get; set; }
        public long? ToldAt { get; set; }
    }
}
