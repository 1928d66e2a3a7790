using Akka.Actor;
using Akka.Configuration;
using Akka.Event;
using Moovolt.Gateway;
using Moovolt.Journal;
using Moovolt.Simulation.Chargers;
using Moovolt.Simulation.Loop;

namespace Moovolt.Simulation.World;

/// <summary>
/// One schedule: some nodes, some chargers, an operator, a journal and a network, and what befalls them, all of it out
/// of one seed.
/// </summary>
internal sealed class SimulatedWorld
{
    private const int LastWords = 80;
    private const int MostNodes = 3;
    private const int MostChargers = 3;

    private static readonly TimeSpan ToComeToRest = TimeSpan.FromMinutes(30);

    private static readonly Config Config = ConfigurationFactory.ParseString("""
        akka {
          loggers = []
          loglevel = ERROR
          stdout-loglevel = OFF
          log-dead-letters = off
          coordinated-shutdown.run-by-clr-shutdown-hook = off
          scheduler.implementation = "Moovolt.Simulation.Loop.LoopScheduler, Moovolt.Simulation"
          actor {
            loop {
              type = "Moovolt.Simulation.Loop.LoopDispatcherConfigurator, Moovolt.Simulation"
              executor = ""
              throughput = 1
            }
            default-dispatcher = ${akka.actor.loop}
            internal-dispatcher = ${akka.actor.loop}
            default-mailbox.mailbox-type = "Moovolt.Cluster.Shards.SlenderMailbox, Moovolt.Cluster"
            mailbox.unbounded-queue-based.mailbox-type = "Moovolt.Cluster.Shards.SlenderMailbox, Moovolt.Cluster"
            mailbox.unbounded-deque-based.mailbox-type = "Moovolt.Cluster.Shards.SlenderMailbox, Moovolt.Cluster"
          }
          persistence {
            max-concurrent-recoveries = 5
            journal.plugin = "model.journal"
            snapshot-store.plugin = "model.snapshots"
            dispatchers.default-plugin-dispatcher = ${akka.actor.loop}
            dispatchers.default-replay-dispatcher = ${akka.actor.loop}
          }
        }
        model {
          journal.class = "Moovolt.Simulation.World.JournalActor, Moovolt.Simulation"
          journal.plugin-dispatcher = "akka.actor.default-dispatcher"
          journal.recovery-event-timeout = 30s
          snapshots.class = "Moovolt.Simulation.World.SnapshotActor, Moovolt.Simulation"
          snapshots.plugin-dispatcher = "akka.actor.default-dispatcher"
        }
        """).WithFallback(ConfigurationFactory.ParseString(FileOf("serialization.conf")));

    /// <summary>As in hocon/gateway.conf.</summary>
    public static readonly GatewaySettings Settings =
        GatewaySettings.From(ConfigurationFactory.ParseString(FileOf("gateway.conf")));

    [ThreadStatic]
    private static SimulatedWorld? current;

    private readonly Queue<(TimeSpan At, string Words)> last = new();
    private readonly List<ModelNode> nodes = [];
    private readonly Dictionary<string, ModelNode> nodesByName = new(StringComparer.Ordinal);
    private readonly TimeSpan[] clocksAhead;
    private readonly List<string> violations = [];
    private readonly TimeSpan until;

    public SimulatedWorld(int seed, Mutant mutant, Action<string>? listener = null)
    {
        current = this;
        (Seed, Listener, Mutations) = (seed, listener, new Mutations(mutant));
        Loop = new EventLoop(seed);
        EventLoop.Current = Loop;
        until = TimeSpan.FromSeconds(Chance.Next(60, 300));
        SnapshotEvery = Chance.Next(3, 40);
        clocksAhead = [.. Enumerable.Range(0, MostNodes + 1).Select(_ =>
            Chance.Next(4) == 0 ? TimeSpan.FromMilliseconds(Chance.Next(-2_000, 2_000)) : TimeSpan.Zero)];
        System = ActorSystem.Create("moovolt", Config);
        Serializer = new MoovoltSerializer((ExtendedActorSystem)System);
        (Journal, Network, Homes, Checker) = (new(this), new(this), new(this), new(this));
        Undertaker = new UndertakerDoor(System.ActorOf(Props.Create<Undertaker>(), "undertaker"));
        System.EventStream.Subscribe(
            new Ear(
                ((ExtendedActorSystem)System).Provider, "bugs",
                (message, _) => Violated($"logged as an error: {message}")),
            typeof(Error));
    }

    /// <summary>The one of this thread: what Akka makes by itself finds it here.</summary>
    public static SimulatedWorld Current =>
        current ?? throw new InvalidOperationException("No simulation runs on this thread.");

    public int Seed { get; }

    public Action<string>? Listener { get; }

    public EventLoop Loop { get; }

    public Random Chance => Loop.Chance;

    public ActorSystem System { get; }

    public MoovoltSerializer Serializer { get; }

    public ModelJournal Journal { get; }

    public Network Network { get; }

    public Homes Homes { get; }

    public Checker Checker { get; }

    public Mutations Mutations { get; }

    public UndertakerDoor Undertaker { get; }

    public int SnapshotEvery { get; }

    /// <summary>Nothing bad happens any more and nothing new begins: all must come to rest.</summary>
    public bool IsEnding { get; private set; }

    public List<ModelCharger> Chargers { get; } = [];

    public List<Charge> Charges { get; } = [];

    public IEnumerable<ModelNode> Living => nodes.Where(node => !node.IsDead);

    /// <summary>Why this schedule proves the program wrong; empty when it does not.</summary>
    public IReadOnlyList<string> Violations => violations;

    /// <summary>The last steps, in words.</summary>
    public IEnumerable<string> LastSteps => last.Select(step => $"{step.At:mm\\:ss\\.fff}  {step.Words}");

    /// <summary>Runs the schedule to its end.</summary>
    public void Run()
    {
        var before = SynchronizationContext.Current;
        SynchronizationContext.SetSynchronizationContext(new LoopContext(Loop));
        try
        {
            var (nodesAtFirst, chargers) = (Chance.Next(1, MostNodes + 1), Chance.Next(1, MostChargers + 1));
            for (var n = 1; n <= nodesAtFirst; n++) Start(n, 1);
            for (var n = 1; n <= chargers; n++) Chargers.Add(Chance.Next(5) switch
            {
                0 or 1 => new Charger16(this, n),
                2 or 3 => new Charger2(this, n, "ocpp2.0.1"),
                _ => new Charger2(this, n, "ocpp2.1"),
            });
            using var oldest = new Oldest(this);
            var operators = new Operators(this);
            operators.DefineTokens();
            var faults = new Faults(this);
            Loop.RunUntil(until, () => violations.Count > 0);
            faults.End();
            IsEnding = true;
            Say("from here on nothing bad happens");
            foreach (var charger in Chargers) charger.SayTheLast();
            var rested = false;
            Rest();
            Loop.RunUntil(until + ToComeToRest, () => rested || violations.Count > 0);
            if (violations.Count == 0) Checker.CheckAll(operators);

            void Rest() => Loop.After(TimeSpan.FromSeconds(2), () =>
            {
                rested = Checker.WhyNotAtRest() is null;
                Rest();
            });
        }
        finally
        {
            SynchronizationContext.SetSynchronizationContext(before);
        }
    }

    public ModelNode Start(int number, int incarnation)
    {
        var node = new ModelNode(this, number, incarnation);
        nodes.Add(node);
        nodesByName[node.Name] = node;
        Say($"{node} is up");
        return node;
    }

    /// <summary>The node that an actor lives on; null for the simulation's own.</summary>
    public ModelNode? NodeOf(IActorRef actor) => actor.Path.Elements is [_, var top, ..]
        && nodesByName.TryGetValue(top.Split('-')[0], out var node) ? node : null;

    /// <summary>A node that takes a charger's new socket; null when none does.</summary>
    public ModelNode? Entrance()
    {
        var open = Living.Where(node => node.Gate.Strain == Strain.Green).ToArray();
        return open.Length == 0 ? null : Pick(open);
    }

    public T Pick<T>(IReadOnlyList<T> from) => from[Chance.Next(from.Count)];

    public TimeSpan ClockAhead(int node) => clocksAhead[node];

    /// <summary>How long until the others know that a node is gone.</summary>
    public TimeSpan FailureDetected(ModelNode dead)
    {
        var left = dead.DiedAt + TimeSpan.FromSeconds(8) - Loop.Now;
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    public void Say(string words)
    {
        Loop.Note(words);
        Listener?.Invoke($"{Loop.Now:mm\\:ss\\.fff}  {words}");
        if (last.Count == LastWords) last.Dequeue();
        last.Enqueue((Loop.Now, words));
    }

    public void Violated(string promise)
    {
        Say($"VIOLATED: {promise}");
        violations.Add(promise);
    }

    private static string FileOf(string name) =>
        File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", name));
}
