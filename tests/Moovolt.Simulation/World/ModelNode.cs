using Akka.Actor;
using Akka.Cluster.Sharding;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Moovolt.Cluster;
using Moovolt.Cluster.Shards;
using Moovolt.Domain;
using Moovolt.Gateway;
using Moovolt.Gateway.Handshakes;
using Moovolt.Gateway.Sessions;
using Moovolt.Ocpp;
using Moovolt.Ocpp.Compliance;
using Moovolt.ReadModel.Doors;
using Moovolt.ReadModel.Storage;
using Moovolt.ReadModel.Vendors;
using Moovolt.Simulation.Loop;

namespace Moovolt.Simulation.World;

/// <summary>
/// One run of the program: the real sessions and the real entities, behind a model of shards and of the network.
/// </summary>
internal sealed class ModelNode
{
    private static readonly SqliteDatabase Nowhere = new("there-is-no-such-file"); // observations are never written
    private static readonly GatewayMetrics Metrics = new();
    private static readonly ObservationLimits Few = ObservationLimits.Usual with { Queue = 1 };

    private readonly SimulatedWorld world;
    /// <summary>Writes under way: few, so that the bound is met.</summary>
    private const int MostWrites = 20;

    private readonly GatewayParts parts;
    private readonly JournalLoad load;
    private readonly IActorRef sessions;
    private readonly IActorRef entities;
    private readonly List<(IActorRef Actor, ModelSocket Socket)> everybody = [];
    private readonly List<ModelSocket> sockets = [];
    private readonly HashSet<string> left = new(StringComparer.Ordinal);

    public ModelNode(SimulatedWorld world, int number, int incarnation)
    {
        (this.world, Number, Incarnation) = (world, number, incarnation);
        Name = $"n{number}.{incarnation}";
        Time = new VirtualTime(world.Loop, world.ClockAhead(number));
        var provider = ((ExtendedActorSystem)world.System).Provider;
        Entities = new Entities(Door(Kinds.ChargePoint), Door(Kinds.Transaction), Door(Kinds.Token));
        load = new JournalLoad(MostWrites, Time);
        var settings = SimulatedWorld.Settings;
        var witness = new Witness(
            new Observations(Nowhere, Few, Time, NullLogger<Observations>.Instance), Time, NullLogger.Instance);
        parts = new GatewayParts(
            settings, new GatewayMember(Address, incarnation), Gate, QuirkProfiles.Nobody, Entities,
            new Credentials(Nowhere, Time), witness,
            new VendorBook(new VendorTable(Nowhere, Time), Time, NullLogger<VendorBook>.Instance),
            new Inquirer(new NobodyAnswers(), Time), new Unanswered(settings.LetGoPerSecond, Gate, Time, world.Chance),
            new Flapping(settings, Time),
            new Recurrences(settings.AuthorizeMisses, settings.AuthorizeMissesWindow, Time),
            new Recurrences(settings.AuthorizeMisses, settings.AuthorizeMissesWindow, Time),
            Metrics, Time, new Confession(world))
        {
            Chance = world.Chance,
        };
        sessions = world.System.ActorOf(Props.Create<SessionsActor>(parts), $"{Name}-sessions");
        entities = world.System.ActorOf(Props.Create<Shards>(this), $"{Name}-entities");

        Door Door(string kind) => new(this, world.Network, provider, kind);
    }

    public int Number { get; }

    public int Incarnation { get; }

    public string Name { get; }

    /// <summary>Of its member in the cluster.</summary>
    public string Address => $"akka.tcp://moovolt@n{Number}:4053";

    public bool IsDead { get; private set; }

    public TimeSpan DiedAt { get; private set; }

    public GatewayGate Gate { get; } = new();

    public Entities Entities { get; }

    public VirtualTime Time { get; }

    /// <summary>Which entities are in memory here, in the order in which they came.</summary>
    public List<(string Key, IActorRef Actor)> Living { get; } = [];

    public override string ToString() => Name;

    /// <summary>The socket of one of its sessions.</summary>
    public ModelSocket? SocketOf(IActorRef session) => everybody.Find(one => one.Actor.Equals(session)).Socket;

    public bool IsLeft(string key) => left.Contains(key);

    /// <summary>A charger's handshake has been accepted: from here on all is the program's own.</summary>
    public void Accept(ModelSocket socket, string identity, Dialect dialect)
    {
        sockets.Add(socket);
        var pump = new SocketPump(socket, null, false, parts.Settings, Metrics, Time, socket.Abort, CancellationToken.None);
        var who = new Who(new ChargePointId(identity), dialect, "10.0.0.1", 0, Manner.Usual, null, 1, null);
        var provider = ((ExtendedActorSystem)world.System).Provider;
        sessions.Tell(new SessionsActor.Open(who, pump), new Ear(provider, "door", (message, sender) =>
        {
            var session = (IActorRef)message;
            everybody.Add((session, socket));
            _ = ServeAsync(session, pump, socket);
        }));
    }

    public void TellEntity(string key, Request request, IActorRef? asker)
    {
        if (!IsDead) entities.Tell(new ForEntity(key, request), asker);
    }

    /// <summary>Has an entity leave as in a hand-over: nobody finds it until it has gone.</summary>
    public void HandOver(string key)
    {
        if (Living.Find(one => one.Key == key).Actor is not { } actor || !left.Add(key)) return;
        actor.Tell(Leave.Now);
        world.Undertaker.Watch(actor, () =>
        {
            left.Remove(key);
            world.Homes.Forget(key);
        });
    }

    /// <summary>Ends one entity as a bug would: without a word.</summary>
    public void Crash(string key)
    {
        if (Living.Find(one => one.Key == key).Actor is { } actor) ((IInternalActorRef)actor).Stop();
    }

    /// <summary>kill -9: whatever was only in memory is gone, and no word of it leaves any more.</summary>
    public void Kill()
    {
        (IsDead, DiedAt) = (true, world.Loop.Now);
        foreach (var socket in sockets) socket.Break();
        foreach (var (session, _) in everybody) ((IInternalActorRef)session).Stop();
        foreach (var (_, actor) in Living.ToArray()) ((IInternalActorRef)actor).Stop();
        ((IInternalActorRef)sessions).Stop();
        ((IInternalActorRef)entities).Stop();
    }

    private static async Task ServeAsync(IActorRef session, SocketPump pump, ModelSocket socket)
    {
        var reason = await pump.RunAsync(session.Tell);
        session.Tell(new SessionActor.Ended(reason));
        pump.Dispose();
        socket.Over();
    }

    private Props PropsOf(string key)
    {
        var slash = key.IndexOf('/', StringComparison.Ordinal);
        var (kind, id) = (key[..slash], key[(slash + 1)..]);
        var neighbours = new Neighbours(Entities.Tell, () => { }, load);
        return kind switch
        {
            Kinds.ChargePoint => Props.Create<ChargePointActor>(
                id, neighbours, world.SnapshotEvery, TimeSpan.FromMinutes(5)),
            Kinds.Transaction => Props.Create<TransactionActor>(id, neighbours),
            _ => Props.Create<TokenActor>(id, neighbours, world.SnapshotEvery),
        };
    }

    private sealed record ForEntity(string Key, Request Request);

    /// <summary>What a shard does: an entity for every key that is asked for, until it asks to leave.</summary>
    private sealed class Shards(ModelNode node) : UntypedActor
    {
        private readonly Dictionary<string, List<(Request Request, IActorRef Asker)>> leaving =
            new(StringComparer.Ordinal);

        protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

        protected override void OnReceive(object message)
        {
            switch (message)
            {
                case ForEntity { Key: var key, Request: var request } when leaving.TryGetValue(key, out var waiting):
                    waiting.Add((request, Sender));
                    break;
                case ForEntity { Key: var key, Request: var request }:
                    Of(key).Tell(request, Sender);
                    break;
                case Passivate passivate when node.Living.Find(one => one.Actor.Equals(Sender)) is { Key: { } key }:
                    leaving.TryAdd(key, []);
                    Sender.Tell(passivate.StopMessage);
                    break;
                case Terminated gone
                    when node.Living.FindIndex(one => one.Actor.Equals(gone.ActorRef)) is >= 0 and var at:
                    var left = node.Living[at].Key;
                    node.Living.RemoveAt(at);
                    if (!leaving.Remove(left, out var late)) break;
                    foreach (var (next, asker) in late) Of(left).Tell(next, asker);
                    break;
            }
        }

        private IActorRef Of(string key)
        {
            if (node.Living.Find(one => one.Key == key).Actor is { } living) return living;
            var actor = Context.Watch(Context.ActorOf(node.PropsOf(key)));
            node.Living.Add((key, actor));
            return actor;
        }
    }
}

/// <summary>What the program logs as an error is a defect, whatever else comes of it.</summary>
internal sealed class Confession(SimulatedWorld world) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => null;

    public bool IsEnabled(LogLevel logLevel) => logLevel >= LogLevel.Error;

    public void Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception,
        Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Error)
            world.Violated($"logged as an error: {formatter(state, exception)} {exception}");
    }
}
