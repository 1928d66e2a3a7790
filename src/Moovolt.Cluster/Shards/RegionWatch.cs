using Akka.Actor;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// Watches the shard regions. A region that ends while its node lives is never started again by Akka (akka.net issue
/// 8583), and the node would swallow all that is sent through it: better no node than a deaf one.
/// </summary>
internal sealed class RegionWatch : ReceiveActor
{
    public RegionWatch(params IActorRef[] regions)
    {
        foreach (var region in regions) Context.Watch(region);
        Receive<Terminated>(gone =>
            GivingUp.Now(
                Context.System, $"The shard region {gone.ActorRef.Path.Name} has ended while its node lives."));
    }
}
