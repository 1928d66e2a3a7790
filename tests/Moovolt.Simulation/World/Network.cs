using Akka.Actor;
using Akka.Dispatch.SysMsg;
using Akka.Serialization;
using Moovolt.Cluster.Shards;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Simulation.World;

/// <summary>How bad the network between nodes is at the moment.</summary>
/// <param name="Drop">Of so many messages one is lost; 0: none.</param>
/// <param name="Double">Of so many messages one comes twice; 0: none.</param>
/// <param name="Slowest">How long one may take.</param>
internal sealed record NetworkWeather(int Drop, int Double, TimeSpan Slowest)
{
    public static readonly NetworkWeather Fine = new(0, 0, TimeSpan.FromMilliseconds(2));
}

/// <summary>
/// What nodes send each other, through the program's own serializer. Messages of one pair keep their order, as Akka
/// promises; those of different pairs do not. It may lose them, slow them down and double them.
/// </summary>
internal sealed class Network(SimulatedWorld world)
{
    private readonly Dictionary<(object From, object To), TimeSpan> lastOf = [];

    public NetworkWeather Weather { get; set; } = NetworkWeather.Fine;

    /// <summary>Who cannot reach whom, by the names of their sides; null while everybody can.</summary>
    public Func<ModelNode, ModelNode, bool>? Parted { get; set; }

    /// <summary>Sends a command to its entity, wherever the sending node believes that it lives.</summary>
    public void ToEntity(ModelNode from, string kind, Request request, IActorRef? asker)
    {
        if (from.IsDead) return;
        var key = $"{kind}/{request.Command.EntityId}";
        request = world.Mutations.OnRequest(world, request);
        if (request.Command is OpenSession open && asker is not null && from.SocketOf(asker) is { } socket)
            world.Checker.Registers(open.Session, socket);
        if (world.Homes.Of(from, key) is not { } home)
        {
            world.Say($"{request.Command.GetType().Name} to {key} finds no home");
            return;
        }

        var (whose, target) = Unwrap(from, asker);
        Carry(from, home, (object?)target ?? from, key, request, message =>
        {
            var waits = target is null ? ActorRefs.NoSender : whose == home ? target : Far(home, whose, target);
            home.TellEntity(key, (Request)message, waits);
        });
    }

    /// <summary>Sends something to an actor of another node.</summary>
    public void ToActor(ModelNode from, ModelNode to, IActorRef target, object message, IActorRef? sender)
    {
        if (from.IsDead) return;
        var (whose, real) = Unwrap(from, sender);
        Carry(from, to, (object?)real ?? from, target, message, arrived =>
        {
            var told = real is null ? ActorRefs.NoSender : whose == to ? real : Far(to, whose, real);
            target.Tell(arrived, told);
            if (world.Mutations.WishesAreSentTwice && arrived is CallStation call)
                target.Tell(call with { RequestId = $"{call.RequestId} again" }, told);
        });
    }

    /// <summary>Tells a watcher when a far actor has gone: soon when it ended, later when its node did.</summary>
    public void Watch(ModelNode here, FarRef far, IInternalActorRef watcher) => world.Undertaker.Watch(far.Target, () =>
    {
        var delay = far.There.IsDead ? world.FailureDetected(far.There) : Delay();
        world.Loop.After(delay, () =>
        {
            if (!here.IsDead) watcher.SendSystemMessage(new DeathWatchNotification(far, true, false));
        });
    });

    public FarRef Far(ModelNode here, ModelNode there, IActorRef target) => new(here, there, target, this);

    private (ModelNode Whose, IActorRef? Target) Unwrap(ModelNode from, IActorRef? sender) => sender switch
    {
        FarRef far => (far.There, far.Target),
        null => (from, null),
        _ when sender.IsNobody() || sender.Equals(world.System.DeadLetters) => (from, null),
        Ear ear => (from, ear),
        _ => (from, sender),
    };

    private void Carry(
        ModelNode from, ModelNode to, object sender, object receiver, object message, Action<object> deliver)
    {
        if (from == to)
        {
            deliver(message);
            return;
        }

        if (Weather.Drop > 0 && world.Chance.Next(Weather.Drop) == 0)
        {
            world.Say($"lost on the way from {from} to {to}: {Word(message)}");
            return;
        }

        var (bytes, manifest) = Pack(message);
        var times = Weather.Double > 0 && world.Chance.Next(Weather.Double) == 0 ? 2 : 1;
        for (var n = 0; n < times; n++)
        {
            var at = world.Loop.Now + Delay();
            if (lastOf.TryGetValue((sender, receiver), out var last) && last > at) at = last;
            lastOf[(sender, receiver)] = at;
            world.Loop.After(at - world.Loop.Now, () =>
            {
                if (to.IsDead || Parted?.Invoke(from, to) == true) return;
                world.Say($"{from} to {to}: {Word(message)}");
                deliver(world.Serializer.FromBinary(bytes, manifest));
            });
        }
    }

    private (byte[] Bytes, string Manifest) Pack(object message) =>
        (world.Serializer.ToBinary(message), world.Serializer.Manifest(message));

    private TimeSpan Delay() => TimeSpan.FromTicks(world.Chance.NextInt64(
        TimeSpan.TicksPerMillisecond / 5, Math.Max(Weather.Slowest.Ticks, TimeSpan.TicksPerMillisecond)));

    private static string Word(object message) => message switch
    {
        Request request => request.Command.GetType().Name,
        Answer answer => $"answer {answer.Reply.GetType().Name}",
        _ => message.GetType().Name,
    };
}

/// <summary>Where entities live, as each node believes: during a split two sides believe otherwise.</summary>
internal sealed class Homes(SimulatedWorld world)
{
    private readonly Dictionary<string, ModelNode> known = new(StringComparer.Ordinal);
    private Dictionary<string, ModelNode> knownToOthers = new(StringComparer.Ordinal);

    /// <summary>The smaller side of a split; empty while there is none.</summary>
    public HashSet<ModelNode> CutOff { get; } = [];

    /// <returns>Null while nobody knows: its home has died unnoticed, or it is being handed over.</returns>
    public ModelNode? Of(ModelNode viewer, string key)
    {
        var apart = CutOff.Contains(viewer);
        var homes = apart ? knownToOthers : known;
        if (homes.TryGetValue(key, out var home)) return home.IsDead || home.IsLeft(key) ? null : home;
        var candidates = world.Living.Where(node => CutOff.Contains(node) == apart).ToArray();
        return candidates.Length == 0 ? null : homes[key] = world.Pick(candidates);
    }

    public void Split(IEnumerable<ModelNode> cutOff)
    {
        CutOff.UnionWith(cutOff);
        knownToOthers = new Dictionary<string, ModelNode>(known, StringComparer.Ordinal);
    }

    /// <summary>The split is over: what the smaller side believed is gone with it.</summary>
    public void Heal()
    {
        CutOff.Clear();
        knownToOthers.Clear();
    }

    /// <summary>What lived on a node that is gone, or believed to be, may be found a new home.</summary>
    /// <param name="byOthers">Whether it is the smaller side that believes so.</param>
    public void Abandon(ModelNode gone, bool byOthers = false)
    {
        var homes = byOthers ? knownToOthers : known;
        var lost = homes.Where(entry => entry.Value == gone).Select(entry => entry.Key).ToArray();
        foreach (var key in lost) homes.Remove(key);
    }

    /// <summary>It has left its home, and the next message finds it another.</summary>
    public void Forget(string key)
    {
        known.Remove(key);
        knownToOthers.Remove(key);
    }
}

/// <summary>Sees actors end, for those who watch from another node.</summary>
internal sealed class Undertaker : UntypedActor
{
    private readonly Dictionary<IActorRef, List<Action>> tell = [];

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case (IActorRef actor, Action gone):
                if (tell.TryGetValue(actor, out var known))
                {
                    known.Add(gone);
                    break;
                }

                tell[actor] = [gone];
                Context.Watch(actor);
                break;
            case Terminated terminated when tell.Remove(terminated.ActorRef, out var all):
                foreach (var one in all) one();
                break;
        }
    }
}

/// <summary>The way to the <see cref="Undertaker"/>.</summary>
internal sealed class UndertakerDoor(IActorRef actor)
{
    public void Watch(IActorRef target, Action gone) => actor.Tell((target, gone));
}
