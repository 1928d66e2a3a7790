using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Moovolt.Cluster.Oldest;
using Moovolt.Cluster.Shards;

namespace Moovolt.Cluster;

/// <summary>The cluster as this node sees it.</summary>
/// <param name="Self">This node's address.</param>
/// <param name="Leader">Whom this node holds for the leader; null before it has joined.</param>
/// <param name="Oldest">Where the loops of <see cref="OldestLoop"/> run; null when no member has that role.</param>
public sealed record ClusterPicture(string Self, string? Leader, string? Oldest, ImmutableArray<MemberPicture> Members);

/// <summary>One member.</summary>
/// <param name="Incarnation">Which run of the program at that address.</param>
/// <param name="Status">Akka's word: Joining, WeaklyUp, Up, Leaving, Exiting, Down.</param>
/// <param name="Reachable">False while somebody cannot reach it.</param>
/// <param name="Shards">
/// Kind of entity to what lives there; a kind is missing when its regions did not answer in time.
/// </param>
public sealed record MemberPicture(
    string Address,
    long Incarnation,
    ImmutableArray<string> Roles,
    string Status,
    bool Reachable,
    ImmutableDictionary<string, ShardCount> Shards);

/// <summary>How much of a kind lives on a member.</summary>
/// <param name="Numbers">Which shards those are, of 0 to 99.</param>
public sealed record ShardCount(int Shards, int Entities, ImmutableArray<int> Numbers);

/// <summary>Looks at the cluster for people: who is there, and what lives where.</summary>
public sealed class ClusterView(ActorSystem system, Entities entities)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public async Task<ClusterPicture> Look(CancellationToken cancellation)
    {
        var counts = await Task.WhenAll(
            Count(Kinds.ChargePoint, entities.ChargePoints, cancellation),
            Count(Kinds.Transaction, entities.Transactions, cancellation),
            Count(Kinds.Token, entities.Tokens, cancellation));

        var cluster = Akka.Cluster.Cluster.Get(system);
        var state = cluster.State;
        var unreachable = state.Unreachable.Select(member => member.UniqueAddress).ToHashSet();
        return new ClusterPicture(
            cluster.SelfAddress.ToString(),
            state.Leader?.ToString(),
            state.Members
                .Where(member => member.HasRole(OldestLoop.Role)
                    && member.Status is MemberStatus.Up or MemberStatus.Leaving)
                .Order(Comparer<Member>.Create((left, right) => left.IsOlderThan(right) ? -1 : 1))
                .FirstOrDefault()?.Address.ToString(),
            [.. state.Members.Select(member => new MemberPicture(
                member.Address.ToString(),
                member.UniqueAddress.Uid,
                [.. member.Roles.Order(StringComparer.Ordinal)],
                member.Status.ToString(),
                !unreachable.Contains(member.UniqueAddress),
                counts.SelectMany(count => count).Where(count => count.Member == member.Address)
                    .ToImmutableDictionary(count => count.Kind, count => count.Count)))]);
    }

    private static async Task<IEnumerable<(Address Member, string Kind, ShardCount Count)>> Count(
        string kind, IActorRef region, CancellationToken cancellation)
    {
        try
        {
            var stats = await region.Ask<ClusterShardingStats>(
                new GetClusterShardingStats(Patience), Patience + TimeSpan.FromSeconds(1), cancellation);
            return stats.Regions.Select(entry => (
                entry.Key,
                kind,
                new ShardCount(
                    entry.Value.Stats.Count,
                    entry.Value.Stats.Values.Sum(),
                    [.. entry.Value.Stats.Keys.Select(ShardKey.NumberOf).Order()])));
        }
        catch (AskTimeoutException)
        {
            return []; // no coordinator yet, or a region that is gone and not yet known to be: the picture says less
        }
    }
}
