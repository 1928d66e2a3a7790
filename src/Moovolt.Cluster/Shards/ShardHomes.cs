using System.Collections.Immutable;
using Akka.Actor;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// Gives every shard a home soon after the node is up, by asking one entity in each something that changes nothing.
/// Akka finds a home only when the first message comes, which in a cold cluster keeps a charger waiting for seconds.
/// </summary>
internal static class ShardHomes
{
    private static readonly ImmutableArray<Command> Questions =
    [
        .. OnePerShard(number => new FindRequest(new ChargePointId($"-{number}"), string.Empty)),
        .. OnePerShard(
            number => new WakeTransaction(new TransactionId(new ChargePointId("-"), number), string.Empty, default)),
        .. OnePerShard(number => new Authorize(new TokenId($"-{number}"), default)),
    ];

    /// <param name="after">Since members that start together should all be there to share the shards.</param>
    public static void FindSoon(ActorSystem system, Entities entities, TimeSpan after) =>
        Akka.Cluster.Cluster.Get(system).RegisterOnMemberUp(() => system.Scheduler.Advanced.ScheduleOnce(after, () =>
        {
            foreach (var question in Questions) entities.Tell(question);
        }));

    private static IEnumerable<Command> OnePerShard(Func<string, Command> question) =>
        Enumerable.Range(1, int.MaxValue)
            .Select(number => question($"{number}"))
            .DistinctBy(command => ShardKey.ShardOf(command.EntityId))
            .Take(ShardKey.Shards);
}
