using System.Collections.Concurrent;
using Akka.Actor;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// The members that are about to leave, as each of them says all the time (<see cref="Departure"/>): who has not said so
/// for <see cref="Remembered"/> has left, or has died on its way out.
/// </summary>
/// <param name="self">This member's address.</param>
internal sealed class Leavers(Address self, TimeProvider time)
{
    public static readonly TimeSpan Remembered = TimeSpan.FromSeconds(5);

    private readonly ConcurrentDictionary<Address, (string Kind, long At)> said = [];

    /// <summary>A member has said that it is about to leave.</summary>
    /// <param name="kind">Of which kind it gives shards away now; empty when it has none left.</param>
    public void Note(Address member, string kind) => said[Whole(member)] = (kind, time.GetTimestamp());

    /// <summary>Whether a member, this one under its local address too, is about to leave.</summary>
    public bool Include(Address member) => Kind(member) is not null;

    /// <summary>Whether it gives shards of this kind away now.</summary>
    public bool GiveAway(Address member, string kind) => Kind(member) == kind;

    private string? Kind(Address member) =>
        said.TryGetValue(Whole(member), out var last) && time.GetElapsedTime(last.At) < Remembered ? last.Kind : null;

    private Address Whole(Address member) => member.HasLocalScope ? self : member;
}
