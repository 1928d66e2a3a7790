using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Configuration;
using Moovolt.Cluster.Oldest;
using Moovolt.Cluster.Shards;

namespace Moovolt.Cluster;

/// <summary>
/// Starts the shard regions of the three kinds of entities, or proxies of them on a member that hosts none.
/// </summary>
public static class Regions
{
    /// <summary>The role of the members on which entities live.</summary>
    public const string Role = "entities";

    /// <summary>Starts what leads to the entities; once per actor system, before or after it has joined.</summary>
    /// <param name="host">True on members of the role <see cref="Role"/>.</param>
    /// <exception cref="ConfigurationException">A setting cannot work.</exception>
    public static Entities Start(ActorSystem system, bool host)
    {
        FrameSize.Check(system.Settings.Config);
        var settings = system.Settings.Config.GetConfig("moovolt.entities");
        var snapshotEvery = settings.GetInt("snapshot-every");
        var leavesAfter = settings.GetTimeSpan("charge-point.passivate-after");
        var cluster = Akka.Cluster.Cluster.Get(system);
        var leavers = new Leavers(cluster.SelfAddress, TimeProvider.System);

        // Entities write to each other through the regions that hold them: what one sends in the moment before the
        // last region has started is lost, as any message may be, and is sent again.
        Entities? entities = null;
        var hint = OldestLoop.Hint(system);
        var neighbours = new Neighbours(
            (command, ticket, asker) => entities?.Tell(command, ticket, asker), hint, JournalLoad.Of(system));

        entities = new Entities(
            Start(Kinds.ChargePoint, id => Props.Create<ChargePointActor>(id, neighbours, snapshotEvery, leavesAfter)),
            Start(Kinds.Transaction, id => Props.Create<TransactionActor>(id, neighbours)),
            Start(Kinds.Token, id => Props.Create<TokenActor>(id, neighbours, snapshotEvery)));

        system.ActorOf(Props.Create(
            () => new RegionWatch(entities.ChargePoints, entities.Transactions, entities.Tokens)), "region-watch");
        var regions = new Dictionary<string, IActorRef>
        {
            [Kinds.ChargePoint] = entities.ChargePoints,
            [Kinds.Transaction] = entities.Transactions,
            [Kinds.Token] = entities.Tokens,
        };
        system.ActorOf(Props.Create(() => new GoneRegions(regions)), "gone-regions");
        if (host)
        {
            system.ActorOf(Props.Create(() => new Departure(leavers, regions, TimeProvider.System)), Departure.Name);
            var after = settings.GetTimeSpan("find-shard-homes-after");
            system.ActorOf(Props.Create(() => new ShardHomes(entities, after)), "shard-homes");
        }

        return entities;

        IActorRef Start(string kind, Func<string, Props> create)
        {
            var sharding = ClusterSharding.Get(system);
            if (!host) return sharding.StartProxy(kind, Role, new ShardKey());

            // Stopped by a bug, not restarted: its sessions watch it, and tell a new one where they are.
            var region = ClusterShardingSettings.Create(system)
                .WithRole(Role)
                .WithSupervisorStrategy(SupervisorStrategy.StoppingStrategy)
                .WithPassivateIdleAfter(settings.GetTimeSpan($"{kind}.passivate-idle-after", TimeSpan.Zero));
            return sharding.Start(
                kind,
                create,
                region,
                new ShardKey(),
                new PacedAllocation(
                    kind, sharding.DefaultShardAllocationStrategy(region), leavers,
                    region.TuningParameters.LeastShardAllocationAbsoluteLimit, () => cluster.State.Unreachable.IsEmpty),
                Leave.Now);
        }
    }
}
