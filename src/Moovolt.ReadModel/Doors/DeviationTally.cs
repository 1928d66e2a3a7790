using Moovolt.Domain;

namespace Moovolt.ReadModel.Doors;

/// <summary>
/// Counts, by charger and rule, what was not kept to, until it is written. Bounded: a line more than it holds is not
/// taken, and the next round of writing makes room.
/// </summary>
internal sealed class DeviationTally(int most)
{
    private const int LongestExample = 200;

    private readonly Lock gate = new();
    private Dictionary<(string ChargePoint, string Rule), Tally> tallies = [];

    /// <returns>False when there is no place for it.</returns>
    public bool Add(ChargePointId chargePoint, string rule, string example, DateTimeOffset at)
    {
        var text = example.Length <= LongestExample ? example : example[..LongestExample];
        lock (gate) return Merge((chargePoint.Value, rule), new Tally(1, at, at, text));
    }

    /// <summary>Everything that was counted, to be written; counting begins anew.</summary>
    public IReadOnlyDictionary<(string ChargePoint, string Rule), Tally> Take()
    {
        lock (gate)
        {
            if (tallies.Count == 0) return tallies;
            var taken = tallies;
            tallies = [];
            return taken;
        }
    }

    /// <summary>It could not be written: it waits for the next round.</summary>
    /// <returns>How many had no place any more.</returns>
    public int PutBack(IReadOnlyDictionary<(string ChargePoint, string Rule), Tally> taken)
    {
        lock (gate) return taken.Count(entry => !Merge(entry.Key, entry.Value));
    }

    private bool Merge((string ChargePoint, string Rule) key, Tally more)
    {
        if (tallies.TryGetValue(key, out var known)) tallies[key] = known.With(more);
        else if (tallies.Count < most) tallies[key] = more;
        else return false;
        return true;
    }

    /// <summary>So often, from when to when, and the latest example.</summary>
    internal readonly record struct Tally(long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt, string Example)
    {
        public Tally With(Tally more) => new(
            Count + more.Count,
            more.FirstAt < FirstAt ? more.FirstAt : FirstAt,
            more.LastAt < LastAt ? LastAt : more.LastAt,
            more.LastAt < LastAt ? Example : more.Example);
    }
}
