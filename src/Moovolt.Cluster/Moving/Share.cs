using System.Collections.Immutable;

namespace Moovolt.Cluster.Moving;

/// <summary>How much of the chargers a member holds.</summary>
/// <param name="Surplus">How many sockets it shall close; 0 when it holds no more than its share.</param>
public sealed record Share(string Address, long Incarnation, int Sockets, int Surplus)
{
    /// <summary>
    /// The members that take chargers. Whoever holds more than the mean and the tolerance gives up what is above the
    /// mean: some of those who go come back to where they were.
    /// </summary>
    /// <param name="members">All; one that drains has no share, but what it holds will have to go somewhere.</param>
    /// <param name="tolerance">In per cent of the mean.</param>
    public static ImmutableArray<Share> Of(IEnumerable<Holding> members, int tolerance)
    {
        var all = members.Where(member => member.TakesChargers).ToArray();
        var taking = all.Where(member => member.Drain is null).ToArray();
        if (taking.Length == 0) return [];
        var mean = (double)all.Sum(member => member.Sockets) / taking.Length;
        var most = mean * (100 + tolerance) / 100;
        return
        [
            .. taking.Select(member => new Share(
                member.Address,
                member.Incarnation,
                member.Sockets,
                member.Sockets > most ? Math.Max(0, member.Sockets - (int)Math.Ceiling(mean)) : 0)),
        ];
    }
}
