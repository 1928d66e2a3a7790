using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Tools.Singleton;

namespace Moovolt.Cluster.Oldest;

/// <summary>Something that one member of the cluster does for all, until it is told to stop.</summary>
/// <param name="Name">For the log; also an actor's name.</param>
/// <param name="Run">Ends only by an exception, or soon after its token is cancelled.</param>
public sealed record Loop(string Name, Func<CancellationToken, Task> Run);

/// <summary>
/// Runs loops on the oldest member of the role <see cref="Role"/>, and on it alone. A loop that fails is started again,
/// later each time; before another member takes over, each is cancelled and waited for.
/// </summary>
public static class OldestLoop
{
    /// <summary>The role of the members that take turns.</summary>
    public const string Role = "projections";

    internal const string Name = "oldest";

    /// <summary>Starts taking part; only on members of the role <see cref="Role"/>.</summary>
    /// <param name="onStored">
    /// Called, where the loops run, when entities have stored something: not for each event, and not surely.
    /// </param>
    public static void Start(ActorSystem system, Action onStored, params ImmutableArray<Loop> loops) =>
        system.ActorOf(
            ClusterSingletonManager.Props(
                Props.Create(() => new LoopsActor(onStored, loops)),
                HandOver.Now,
                ClusterSingletonManagerSettings.Create(system).WithRole(Role)),
            Name);

    /// <returns>To be called after each commit, on any member and any thread; cheap.</returns>
    internal static Action Hint(ActorSystem system)
    {
        var way = system.ActorOf(
            ClusterSingletonProxy.Props(
                $"/user/{Name}", ClusterSingletonProxySettings.Create(system).WithRole(Role).WithBufferSize(0)),
            "stored-hint-way");
        var hint = system.ActorOf(Props.Create(() => new StoredHint(way)), "stored-hint");
        return () => hint.Tell(StoredHint.Word);
    }
}

/// <summary>Another member is about to take over.</summary>
internal sealed class HandOver
{
    public static readonly HandOver Now = new();

    private HandOver()
    {
    }
}

/// <summary>The singleton: the parent of the loops, and the ear for <see cref="StoredHint"/>.</summary>
internal sealed class LoopsActor : ReceiveActor
{
    public LoopsActor(Action onStored, ImmutableArray<Loop> loops)
    {
        var running = loops
            .Select(loop => Context.Watch(Context.ActorOf(Props.Create(() => new LoopActor(loop)), loop.Name)))
            .ToHashSet();

        Receive<string>(word => word == StoredHint.Word, _ => onStored());
        Receive<HandOver>(_ =>
        {
            if (running.Count == 0) Context.Stop(Self);
            foreach (var loop in running) loop.Tell(HandOver.Now);
        });
        Receive<Terminated>(gone =>
        {
            running.Remove(gone.ActorRef); // only at hand-over do they end
            if (running.Count == 0) Context.Stop(Self);
        });
    }
}
