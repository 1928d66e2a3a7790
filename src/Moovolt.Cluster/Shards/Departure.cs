using Akka;
using Akka.Actor;
using Akka.Cluster;
using Akka.Cluster.Sharding;
using Akka.Event;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// Hears which members are about to leave; and when this one is, says so to all until it ends, and waits until its shards
/// have moved (<see cref="PacedAllocation"/>). What is still here then is handed over at once, by Akka.
/// </summary>
internal sealed class Departure : ReceiveActor, IWithTimers
{
    /// <summary>On the wire a word of the platform's own, so that it needs no format of ours.</summary>
    private const string Word = "leaving";

    public const string Name = "departure";

    private static readonly TimeSpan Again = TimeSpan.FromMilliseconds(250);

    /// <summary>The coordinator may be on a member of the release before, which knows no such word.</summary>
    private static readonly TimeSpan WithoutProgress = TimeSpan.FromSeconds(5);

    private readonly Akka.Cluster.Cluster cluster = Akka.Cluster.Cluster.Get(Context.System);
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly Leavers leavers;
    private readonly IReadOnlyCollection<IActorRef> regions;
    private readonly TimeProvider time;

    private IActorRef? waiting;
    private int fewest = int.MaxValue;
    private long fewestAt;

    /// <param name="leavers">Where it notes what it hears.</param>
    /// <param name="regions">This member's.</param>
    public Departure(Leavers leavers, IReadOnlyCollection<IActorRef> regions, TimeProvider time)
    {
        (this.leavers, this.regions, this.time) = (leavers, regions, time);
        Receive<string>(_ => leavers.Note(Sender.Path.Address), word => word == Word);
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
                return Done.Instance; // the rest is handed over by Akka
            }
        });
    }

    private void Say()
    {
        leavers.Note(cluster.SelfAddress);
        foreach (var member in Others())
            Context.ActorSelection(new RootActorPath(member.Address) / Self.Path.Elements).Tell(Word);
        if (waiting is null) return;
        if (Others().All(member => leavers.Include(member.Address))) Finish("there is nobody who stays");
        Count().PipeTo(Self);
    }

    private IEnumerable<Member> Others() => cluster.State.Members.Where(member =>
        member.Status == MemberStatus.Up && member.HasRole(Regions.Role) && member.Address != cluster.SelfAddress);

    /// <summary>How many shards are still here; null when that cannot be told.</summary>
    private async Task<Left> Count()
    {
        try
        {
            var stats = await Task.WhenAll(regions.Select(region =>
                region.Ask<ShardRegionStats>(GetShardRegionStats.Instance, WithoutProgress)));
            return new Left(stats.Sum(region => region.Stats.Count));
        }
        catch (AskTimeoutException)
        {
            return new Left(null);
        }
    }

    private void Judge(Left left)
    {
        if (waiting is null) return;
        if (left.Shards < fewest) (fewest, fewestAt) = (left.Shards.Value, time.GetTimestamp());
        if (left.Shards == 0) Finish("none is left");
        else if (time.GetElapsedTime(fewestAt) > WithoutProgress) Finish($"{fewest} do not move");
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
