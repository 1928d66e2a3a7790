using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Event;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// Hears which members are about to leave; and when this one is, says so to all until it ends, and waits until its shards
/// have moved (<see cref="PacedAllocation"/>): one kind after the other, so that of a charge point and its transaction only
/// one is on its way. What is still here then is handed over at once, by Akka.
/// </summary>
internal sealed class Departure : ReceiveActor, IWithTimers
{
    public const string Name = "departure";

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(500);

    /// <summary>The coordinator may be on a member of the release before, which knows no such word.</summary>
    private static readonly TimeSpan WithoutProgress = TimeSpan.FromSeconds(5);

    private readonly Akka.Cluster.Cluster cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly Leavers leavers;
    private readonly TimeProvider time;

    /// <summary>Those that still have shards; the first is giving them away.</summary>
    private readonly Queue<(string Kind, IActorRef Region)> giving;

    private IActorRef? waiting;
    private bool counting;
    private int fewest = int.MaxValue;
    private long fewestAt;

    /// <param name="leavers">Where it notes what it hears.</param>
    /// <param name="regions">This member's, by kind.</param>
    public Departure(Leavers leavers, IReadOnlyDictionary<string, IActorRef> regions, TimeProvider time)
    {
        (this.leavers, this.time) = (leavers, time);
        giving = new Queue<(string, IActorRef)>(regions.Select(region => (region.Key, region.Value)));

        // On the wire a word of the platform's own, so that it needs no format of ours: the kind.
        Receive<string>(kind => leavers.Note(Sender.Path.Address, kind));
        Receive<Begin>(_ =>
        {
            (waiting, fewestAt) = (Sender, time.GetTimestamp());
            Timers.StartPeriodicTimer(Tick.Now, Tick.Now, TimeSpan.Zero, Again);
        });
        Receive<Tick>(_ => Say());
        Receive<Left>(Judge);
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by Akka

    // A planned end of the member begins with its shards' move.
    protected override void PreStart()
    {
        var (self, shutdown) = (Self, CoordinatedShutdown.Get(Context.System));
        var patience = shutdown.Timeout(CoordinatedShutdown.PhaseBeforeClusterShutdown) * 0.9;
        shutdown.AddTask(CoordinatedShutdown.PhaseBeforeClusterShutdown, "shards: moved", async () =>
        {
            // Who gives up can serve nobody any more: all at once is best.
            if (shutdown.ShutdownReason is GivingUp or CoordinatedShutdown.ClusterDowningReason) return Done.Instance;
            try
            {
                return await self.Ask<Done>(Begin.Now, patience);
            }
            catch (AskTimeoutException)
            {
                log.Warning("Not all shards of this member have moved within {0}: the rest is handed over at once.", patience);
                return Done.Instance;
            }
        });
    }

    private void Say()
    {
        var kind = giving.TryPeek(out var next) ? next.Kind : "";
        leavers.Note(cluster.SelfAddress, kind);
        foreach (var member in Others())
            Context.ActorSelection(new RootActorPath(member.Address) / Self.Path.Elements).Tell(kind);
        if (waiting is null) return;
        if (Others().All(member => leavers.Include(member.Address)))
        {
            Finish("there is nobody who stays");
        }
        else if (!counting)
        {
            counting = true;
            Count(next.Region).PipeTo(Self);
        }
    }

    private IEnumerable<Member> Others() => cluster.State.Members.Where(member =>
        member.Status == MemberStatus.Up && member.HasRole(Regions.Role) && member.Address != cluster.SelfAddress);

    /// <summary>How many shards a region still has; null when that cannot be told.</summary>
    private static async Task<Left> Count(IActorRef region)
    {
        try
        {
            var stats = await region.Ask<ShardRegionStats>(GetShardRegionStats.Instance, WithoutProgress);
            return new Left(stats.Stats.Count);
        }
        catch (AskTimeoutException)
        {
            return new Left(null);
        }
    }

    private void Judge(Left left)
    {
        counting = false;
        if (waiting is null) return;
        if (left.Shards < fewest) (fewest, fewestAt) = (left.Shards.Value, time.GetTimestamp());
        if (left.Shards == 0)
        {
            giving.Dequeue();
            (fewest, fewestAt) = (int.MaxValue, time.GetTimestamp());
            if (giving.Count == 0) Finish("none is left");
            else Say();
        }
        else if (time.GetElapsedTime(fewestAt) > WithoutProgress)
        {
            Finish($"those of the kind {giving.Peek().Kind} do not move");
        }
    }

    private void Finish(string why)
    {
        log.Info("The shards of this member, before it leaves: {0}.", why);
        waiting.Tell(Done.Instance);
        waiting = null;
    }

    private sealed record Left(int? Shards);

    private sealed class Begin
    {
        public static readonly Begin Now = new();
    }

    private sealed class Tick
    {
        public static readonly Tick Now = new();
    }
}
