using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// Gives every shard a home soon after the node is up, by asking one entity in each something that changes nothing.
/// Akka finds a home only when the first message comes, which in a cold cluster keeps a charger waiting for seconds. In
/// a cluster that has its homes nobody is asked: each who is asked reads a history.
/// </summary>
internal sealed class ShardHomes : ReceiveActor, IWithTimers
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private static readonly ImmutableArray<Command> ChargePoints =
        OnePerShard(number => new FindRequest(new ChargePointId($"-{number}"), string.Empty));

    private static readonly ImmutableArray<Command> Transactions = OnePerShard(
        number => new WakeTransaction(new TransactionId(new ChargePointId("-"), number), string.Empty, default));

    private static readonly ImmutableArray<Command> Tokens =
        OnePerShard(number => new Authorize(new TokenId($"-{number}"), default));

    /// <param name="after">Since members that start together should all be there to share the shards.</param>
    public ShardHomes(Entities entities, TimeSpan after)
    {
        ImmutableArray<Kind> kinds =
        [
            new(entities.ChargePoints, ChargePoints), new(entities.Transactions, Transactions), new(entities.Tokens, Tokens),
        ];
        var self = Self;
        Akka.Cluster.Cluster.Get(Context.System).RegisterOnMemberUp(() => self.Tell(Look.Soon));
        Receive<Look>(_ => Timers.StartSingleTimer(Look.Now, Look.Now, after), look => look == Look.Soon);
        Receive<Look>(_ =>
        {
            foreach (var kind in kinds) FindHomes(kind).PipeTo(Self);
        });
        Receive<Homes>(homes =>
        {
            foreach (var question in homes.Of.Questions.Where(question => !homes.Known.Contains(ShardOf(question))))
                entities.Tell(question);
        });
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by Akka

    private static int ShardOf(Command question) => ShardKey.ShardOf(question.EntityId);

    private static ImmutableArray<Command> OnePerShard(Func<string, Command> question) =>
    [
        .. Enumerable.Range(1, int.MaxValue)
            .Select(number => question($"{number}"))
            .DistinctBy(ShardOf)
            .Take(ShardKey.Shards),
    ];

    private static async Task<Homes> FindHomes(Kind kind)
    {
        try
        {
            var stats = await kind.Region.Ask<ClusterShardingStats>(
                new GetClusterShardingStats(Patience), Patience + TimeSpan.FromSeconds(1));
            var homes = stats.Regions.Values.SelectMany(region => region.Stats.Keys);
            return new Homes(kind, homes.Select(ShardKey.NumberOf).ToHashSet());
        }
        catch (AskTimeoutException)
        {
            return new Homes(kind, new HashSet<int>()); // who does not know asks in all
        }
    }

    private sealed record Kind(IActorRef Region, ImmutableArray<Command> Questions);

    /// <param name="Known">The shards that somebody holds.</param>
    private sealed record Homes(Kind Of, IReadOnlySet<int> Known);

    private sealed class Look
    {
        public static readonly Look Soon = new();
        public static readonly Look Now = new();
    }
}
