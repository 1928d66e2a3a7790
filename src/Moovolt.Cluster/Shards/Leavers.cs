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

    private readonly ConcurrentDictionary<Address, long> saidAt = [];

    /// <summary>A member has said that it is about to leave.</summary>
    public void Note(Address member) => saidAt[Whole(member)] = time.GetTimestamp();

    /// <summary>Whether a member, this one under its local address too, is about to leave.</summary>
    public bool Include(Address member) =>
        saidAt.TryGetValue(Whole(member), out var at) && time.GetElapsedTime(at) < Remembered;

    private Address Whole(Address member) => member.HasLocalScope ? self : member;
}
