using Akka.Actor;
using Akka.Cluster;

namespace Moovolt.Cluster;

/// <summary>
/// Ends a member that alone cannot store: somebody else can, so the database is there, and only the way to it from here is
/// not. What lives here goes to those who can; the member's supervisor starts it anew, and it waits for the database before
/// it joins. While nobody can store everybody stays, since leaving would mend nothing.
/// </summary>
public static class Stranded
{
    /// <summary>
    /// In so many looks in a row somebody else must have been able to store. After an outage of the database members
    /// notice its end some seconds apart (a probe that hangs is given up after 5 s): none of them is stranded.
    /// </summary>
    private const int LooksAlone = 10;

    private const string Name = "stranded";

    // On the wire words of the platform's own: they need no format, and a program that knows none of them is silent.
    private const string CanYou = "can you store?";
    private const string ICan = "I can store";

    /// <summary>Begins to look, once a second; answers the others from now on.</summary>
    /// <param name="system">Whose member this is.</param>
    /// <param name="canStore">Whether something could be stored from here of late; asked by an actor, and cheap.</param>
    public static void Watch(ActorSystem system, Func<bool> canStore) => Watch(system, canStore, TimeSpan.FromSeconds(1));

    internal static void Watch(ActorSystem system, Func<bool> canStore, TimeSpan every) =>
        system.ActorOf(Props.Create(() => new Watcher(canStore, every)), Name);

    private sealed class Watcher : ReceiveActor, IWithTimers
    {
        private static readonly object Look = new();

        private readonly Akka.Cluster.Cluster cluster = Akka.Cluster.Cluster.Get(Context.System);
        private readonly TimeSpan every;
        private int alone;
        private bool othersCan;

        public Watcher(Func<bool> canStore, TimeSpan every)
        {
            this.every = every;
            Receive<string>(word => word == CanYou, _ =>
            {
                if (canStore()) Sender.Tell(ICan);
            });
            Receive<string>(word => word == ICan, _ => othersCan = true);
            Receive<object>(message => ReferenceEquals(message, Look), _ => OnLook(canStore()));
        }

        public ITimerScheduler Timers { get; set; } = null!; // set by Akka before the first message

        protected override void PreStart() => Timers.StartPeriodicTimer(Look, Look, every);

        private void OnLook(bool canStore)
        {
            alone = !canStore && othersCan ? alone + 1 : 0;
            othersCan = false;
            if (alone >= LooksAlone)
                GivingUp.Now(Context.System, "Nothing can be stored from here, while other members of the cluster can.");
            else if (!canStore)
                foreach (var member in cluster.State.Members.Where(IsAnother)) AddressedTo(member).Tell(CanYou);
        }

        private bool IsAnother(Member member) =>
            member.Status == MemberStatus.Up && member.UniqueAddress != cluster.SelfUniqueAddress;

        private static ActorSelection AddressedTo(Member member) =>
            Context.ActorSelection(new RootActorPath(member.Address) / "user" / Name);
    }
}
