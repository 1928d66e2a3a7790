using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Akka.Persistence.Journal;
using Moovolt.Cluster;
using Moovolt.Cluster.Shards;
using Moovolt.Domain;

namespace Moovolt.Gateway.Tests;

/// <summary>
/// The real entities, and between them and everybody else a cluster at its worst: whatever is told or answered may be
/// lost, doubled or late, entities move and die, and the journal fails before or after it has stored. Chance comes from a
/// seed, so a failure can be had again.
/// </summary>
internal sealed class LossyCluster(int seed)
{
    public const string Hocon = """
        akka.persistence.journal.plugin = "chronicle"
        chronicle.class = "Moovolt.Gateway.Tests.Chronicle, Moovolt.Gateway.Tests"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        """;

    private readonly JournalLoad load = new(5_000, TimeProvider.System);
    private readonly List<IActorRef> regions = [];
    private int parts;

    /// <summary>How bad it is; nothing at all while it is calm.</summary>
    public volatile bool Calm;

    /// <summary>All that was stored, by history, in order.</summary>
    public Chronicle.Pages Stored { get; } = new();

    public Entities Start(ActorSystem system)
    {
        Stored.Chance = new Random(seed);
        Stored.IsCalm = () => Calm;
        Chronicle.Of[system] = Stored;
        Entities? entities = null;
        var neighbours = new Neighbours((command, ticket, asker) => entities?.Tell(command, ticket, asker), () => { }, load);
        return entities = new Entities(
            Region(id => Props.Create<ChargePointActor>(id, neighbours, 100, TimeSpan.FromMinutes(5))),
            Region(id => Props.Create<TransactionActor>(id, neighbours)),
            Region(id => Props.Create<TokenActor>(id, neighbours, 100)));

        IActorRef Region(Func<string, Props> create)
        {
            var region = system.ActorOf(Props.Create(() => new RegionActor(this, create)));
            regions.Add(region);
            return region;
        }
    }

    /// <summary>The entity leaves, as it does when its shard moves; the next message finds it elsewhere.</summary>
    public void Move(string id) => regions.ForEach(region => region.Tell(new Moving(id)));

    private Random NextChance() => new((seed * 1_000) + Interlocked.Increment(ref parts));

    // What becomes of one message.
    private void Carry(Random chance, IScheduler scheduler, IActorRef to, object message, IActorRef? from)
    {
        var fate = Calm ? 1 : chance.NextDouble();
        if (fate < 0.2) return;
        if (fate < 0.45) scheduler.ScheduleTellOnce(TimeSpan.FromMilliseconds(chance.Next(50, 4_000)), to, message, from);
        else to.Tell(message, from);
        if (fate is > 0.35 and < 0.55) to.Tell(message, from);
    }

    private sealed class RegionActor(LossyCluster cluster, Func<string, Props> create) : UntypedActor
    {
        private readonly Random chance = cluster.NextChance();
        private readonly Dictionary<string, IActorRef> entities = [];
        private readonly Dictionary<IActorRef, IActorRef> ears = [];

        protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case Request request:
                    cluster.Carry(chance, Context.System.Scheduler, Self, new Arrived(request, EarOf(Sender)), ActorRefs.NoSender);
                    break;
                case Arrived arrived:
                    Give(arrived);
                    break;
                case Moving { Id: var id } when entities.TryGetValue(id, out var here):
                    here.Tell(Leave.Now);
                    break;
                case Terminated gone:
                    foreach (var (id, entity) in entities)
                    {
                        if (entity.Equals(gone.ActorRef)) entities.Remove(id);
                    }

                    break;
            }
        }

        private void Give(Arrived arrived)
        {
            var id = arrived.Request.Command.EntityId;
            if (!entities.TryGetValue(id, out var entity))
                entities[id] = entity = Context.Watch(Context.ActorOf(create(id)));
            entity.Tell(arrived.Request, arrived.From);
            if (cluster.Calm || chance.NextDouble() > 0.1) return;
            if (chance.Next(2) == 0) entity.Tell(Leave.Now); // its shard moves
            else Context.Stop(entity); // its node dies
        }

        private IActorRef EarOf(IActorRef asker)
        {
            if (asker.IsNobody() || asker.Equals(Context.System.DeadLetters) || ears.ContainsValue(asker)) return asker;
            if (!ears.TryGetValue(asker, out var ear))
                ears[asker] = ear = Context.ActorOf(Props.Create(() => new EarActor(cluster, asker)));
            return ear;
        }
    }

    // What an entity says to a session comes through this, in the entity's name.
    private sealed class EarActor(LossyCluster cluster, IActorRef session) : UntypedActor
    {
        private readonly Random chance = cluster.NextChance();

        protected override void OnReceive(object message) =>
            cluster.Carry(chance, Context.System.Scheduler, session, message, Sender);
    }

    private sealed record Moving(string Id);

    private sealed record Arrived(Request Request, IActorRef From);
}

/// <summary>A journal in memory that writes down what it stores, and fails now and then, before or after it has.</summary>
public sealed class Chronicle : MemoryJournal
{
    public static readonly ConcurrentDictionary<ActorSystem, Pages> Of = new();

    private readonly Pages pages = Of[Context.System];

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToList();
        var fate = pages.IsCalm() ? 1 : pages.Chance.NextDouble();
        if (fate < 0.05) throw new IOException("Nothing is stored.");
        var said = await base.WriteMessagesAsync(writes, cancellationToken);
        foreach (var stored in writes.SelectMany(write => (IImmutableList<IPersistentRepresentation>)write.Payload))
            pages.Add(stored.PersistenceId, stored.Payload);
        return fate < 0.1 ? throw new IOException("It is stored, and nobody hears of it.") : said;
    }

    public sealed class Pages
    {
        private readonly ConcurrentQueue<(string Id, object Event)> all = new();

        internal Random Chance { get; set; } = new(0);
        internal Func<bool> IsCalm { get; set; } = () => true;

        /// <summary>The events of a history, or of all whose id begins so.</summary>
        public IReadOnlyList<object> Begins(string id) =>
            [.. all.Where(one => one.Id.StartsWith(id, StringComparison.Ordinal)).Select(one => one.Event)];

        internal void Add(string id, object stored) => all.Enqueue((id, stored));
    }
}
