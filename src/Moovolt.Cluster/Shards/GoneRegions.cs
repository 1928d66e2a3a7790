using Akka.Actor;
using Akka.Cluster;
using Akka.Dispatch.SysMsg;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// Tells this member's regions, some time after a member was removed, once more that its regions are gone.
/// </summary>
/// <remarks>
/// Akka tells them in the moment of the removal, and two things may go wrong in it. A coordinator that is writing
/// answers who asks for a shard's home by what it knew before; and the region, which watches that home anew, is not told
/// again when the remote watcher was just forgetting the member. From then on all that this member sends to the shard
/// goes to nobody, for as long as the node lives: seen once in six kills of a node under load, for 3 of 300 shards
/// (Akka 1.5.73; the coordinator's side of the same is akka-core's pull request 32892). Who is told of what it knows
/// already does nothing.
/// </remarks>
internal sealed class GoneRegions : ReceiveActor, IWithTimers
{
    /// <summary>Not at once: who asks at once might be answered by what was.</summary>
    private static readonly TimeSpan[] Later = [TimeSpan.FromSeconds(1), TimeSpan.FromSeconds(3), TimeSpan.FromSeconds(10)];

    private static readonly TimeSpan AskAgain = TimeSpan.FromSeconds(2);

    private readonly IReadOnlyDictionary<string, IActorRef> regions;

    /// <summary>The regions of each other member, by kind, as far as they have said who they are.</summary>
    private readonly Dictionary<Address, Dictionary<string, IActorRef>> others = [];

    /// <param name="regions">This member's, by kind.</param>
    public GoneRegions(IReadOnlyDictionary<string, IActorRef> regions)
    {
        this.regions = regions;
        var cluster = Akka.Cluster.Cluster.Get(Context.System);
        Receive<ClusterEvent.MemberUp>(up => Meet(up.Member), up => up.Member.Address != cluster.SelfAddress);
        Receive<ClusterEvent.MemberRemoved>(gone => Part(gone.Member.Address));
        Receive<ActorIdentity>(Remember);
        Receive<Meeting>(_ => AskWhoTheyAre());
        Receive<Parted>(Tell);
        Receive<ClusterEvent.IMemberEvent>(_ => { });
        cluster.Subscribe(Self, ClusterEvent.SubscriptionInitialStateMode.InitialStateAsEvents, typeof(ClusterEvent.IMemberEvent));
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by Akka

    protected override void PostStop() => Akka.Cluster.Cluster.Get(Context.System).Unsubscribe(Self);

    private void Meet(Member member)
    {
        if (!member.HasRole(Regions.Role)) return;
        others[member.Address] = [];
        AskWhoTheyAre();
    }

    private void AskWhoTheyAre()
    {
        var missing = false;
        foreach (var (address, known) in others)
        {
            foreach (var (kind, region) in regions.Where(region => !known.ContainsKey(region.Key)))
            {
                missing = true;
                Context.ActorSelection(new RootActorPath(address) / region.Path.Parent.Elements / kind).Tell(new Identify(kind));
            }
        }

        if (missing) Timers.StartSingleTimer(Meeting.Again, Meeting.Again, AskAgain);
    }

    private void Remember(ActorIdentity identity)
    {
        if (identity.Subject is { } region && others.TryGetValue(region.Path.Address, out var known))
            known[(string)identity.MessageId] = region;
    }

    private void Part(Address address)
    {
        if (!others.Remove(address, out var known)) return;
        foreach (var delay in Later) Timers.StartSingleTimer((address, delay), new Parted(known), delay);
    }

    private void Tell(Parted parted)
    {
        foreach (var (kind, gone) in parted.Regions)
            ((IInternalActorRef)regions[kind]).SendSystemMessage(new DeathWatchNotification(gone, true, true));
    }

    private sealed record Parted(IReadOnlyDictionary<string, IActorRef> Regions);

    private sealed class Meeting
    {
        public static readonly Meeting Again = new();
    }
}
