using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// Where shards live: Akka's own rule, a few at a time, but what lives on a member that is about to leave moves first, and
/// nothing moves to it. Akka would hand over all that a member has in the moment in which it leaves, and each entity of
/// it would have to be read by the others in the same second.
/// </summary>
/// <param name="kind">Whose shards these are.</param>
/// <param name="rule">Among the members that stay.</param>
/// <param name="leavers">Who is about to leave.</param>
/// <param name="atOnce">How many shards of leavers are on their way at most, per kind.</param>
/// <param name="allAnswer">
/// Whether every member can be reached. All must say that they know of a move before it begins, so with one that is
/// silent the shard would be nowhere until it is given up.
/// </param>
internal sealed class PacedAllocation(
    string kind, IShardAllocationStrategy rule, Leavers leavers, int atOnce, Func<bool> allAnswer)
    : IActorSystemDependentAllocationStrategy
{
    public void Start(ActorSystem system) => (rule as IActorSystemDependentAllocationStrategy)?.Start(system);

    public Task<IActorRef> AllocateShard(
        IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations)
    {
        var staying = Staying(currentShardAllocations);
        return rule.AllocateShard(requester, shardId, staying.IsEmpty ? currentShardAllocations : staying);
    }

    public Task<IImmutableSet<string>> Rebalance(
        IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations,
        IImmutableSet<string> rebalanceInProgress)
    {
        var staying = Staying(currentShardAllocations);
        if (staying.IsEmpty || !allAnswer()) return Task.FromResult<IImmutableSet<string>>(ImmutableHashSet<string>.Empty);
        ImmutableHashSet<string> next =
        [
            .. currentShardAllocations.Where(region => leavers.GiveAway(region.Key.Path.Address, kind))
                .SelectMany(region => region.Value)
                .Where(shard => !rebalanceInProgress.Contains(shard))
                .Take(atOnce - rebalanceInProgress.Count),
        ];
        return next.IsEmpty
            ? rule.Rebalance(staying, rebalanceInProgress)
            : Task.FromResult<IImmutableSet<string>>(next);
    }

    private ImmutableDictionary<IActorRef, IImmutableList<string>> Staying(
        IImmutableDictionary<IActorRef, IImmutableList<string>> all) =>
        all.Where(region => !leavers.Include(region.Key.Path.Address)).ToImmutableDictionary();
}
