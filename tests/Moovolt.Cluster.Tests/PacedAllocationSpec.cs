using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Microsoft.Extensions.Time.Testing;
using Moovolt.Cluster.Shards;

namespace Moovolt.Cluster.Tests;

public sealed class PacedAllocationSpec
{
    private static readonly ImmutableHashSet<string> None = [];

    private readonly FakeTimeProvider time = new();
    private readonly Leavers leavers;
    private bool allAnswer = true;
    private readonly PacedAllocation allocation;
    private readonly Region own = new("akka://moovolt");
    private readonly Region other = new("akka.tcp://moovolt@10.0.0.2:4053");

    public PacedAllocationSpec()
    {
        leavers = new Leavers(Address.Parse("akka.tcp://moovolt@10.0.0.1:4053"), time);
        allocation = new PacedAllocation(Kinds.Token, new Fewest(), leavers, atOnce: 3, () => allAnswer);
    }

    [Fact]
    public async Task A_few_shards_of_who_is_about_to_leave_move_at_a_time()
    {
        leavers.Note(other.Path.Address, Kinds.Token);
        var all = Homes((own, ["0"]), (other, ["1", "2", "3", "4", "5"]));

        Assert.Equal(3, (await allocation.Rebalance(all, None)).Except(["0"]).Count);
        Assert.Single(await allocation.Rebalance(all, ["1", "2"]));
        Assert.Empty(await allocation.Rebalance(all, ["1", "2", "3"]));
    }

    [Fact]
    public async Task One_kind_moves_after_the_other_and_to_a_leaver_none_does()
    {
        leavers.Note(other.Path.Address, Kinds.Transaction);
        var all = Homes((own, ["0", "3", "4"]), (other, ["1", "2"]));

        Assert.Empty(await allocation.Rebalance(all, None));
        Assert.Equal(own, await allocation.AllocateShard(other, "5", all));
    }

    [Fact]
    public async Task Nothing_moves_while_somebody_is_silent()
    {
        leavers.Note(other.Path.Address, Kinds.Token);
        allAnswer = false;

        Assert.Empty(await allocation.Rebalance(Homes((own, ["0"]), (other, ["1", "2"])), None));
    }

    [Fact]
    public async Task Nothing_moves_to_who_is_about_to_leave_this_member_too()
    {
        leavers.Note(Address.Parse("akka.tcp://moovolt@10.0.0.1:4053"), Kinds.Token);
        var all = Homes((own, []), (other, ["1", "2"]));

        Assert.Equal(other, await allocation.AllocateShard(other, "3", all));
        Assert.Empty(await allocation.Rebalance(all, None));
    }

    [Fact]
    public async Task When_all_are_about_to_leave_nothing_moves_and_a_shard_still_finds_a_home()
    {
        leavers.Note(own.Path.Address, Kinds.Token);
        leavers.Note(other.Path.Address, Kinds.Token);
        var all = Homes((own, ["1"]), (other, ["2", "3"]));

        Assert.Empty(await allocation.Rebalance(all, None));
        Assert.Equal(own, await allocation.AllocateShard(other, "4", all));
    }

    [Fact]
    public async Task Who_has_said_nothing_for_a_while_is_not_about_to_leave_any_more()
    {
        leavers.Note(other.Path.Address, Kinds.Token);
        time.Advance(Leavers.Remembered);

        Assert.Equal(other, await allocation.AllocateShard(own, "3", Homes((own, ["1"]), (other, []))));
    }

    private static ImmutableDictionary<IActorRef, IImmutableList<string>> Homes(
        params (IActorRef Region, ImmutableList<string> Shards)[] homes) =>
        homes.ToImmutableDictionary(home => home.Region, home => (IImmutableList<string>)home.Shards);

    /// <summary>A shard goes to who has the fewest; nothing is moved.</summary>
    private sealed class Fewest : IShardAllocationStrategy
    {
        public Task<IActorRef> AllocateShard(
            IActorRef requester, string shardId, IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations) =>
            Task.FromResult(currentShardAllocations.MinBy(region => region.Value.Count).Key);

        public Task<IImmutableSet<string>> Rebalance(
            IImmutableDictionary<IActorRef, IImmutableList<string>> currentShardAllocations,
            IImmutableSet<string> rebalanceInProgress) => Task.FromResult<IImmutableSet<string>>(None);
    }

    private sealed class Region(string address) : MinimalActorRef
    {
        public override ActorPath Path { get; } = ActorPath.Parse($"{address}/system/sharding/token");

        public override IActorRefProvider Provider => throw new NotSupportedException();
    }
}
