using Akka.Actor;
using Akka.Dispatch.SysMsg;

namespace Moovolt.Simulation.World;

/// <summary>
/// A door of one node to the entities of a kind, as a shard region is: what is told goes to wherever they live.
/// </summary>
internal sealed class Door(ModelNode node, Network network, IActorRefProvider provider, string kind) : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(provider.RootPath.Address) / $"{node.Name}-{kind}";

    public override IActorRefProvider Provider => provider;

    protected override void TellInternal(object message, IActorRef sender) =>
        network.ToEntity(node, kind, (Domain.Request)message, sender);
}

/// <summary>
/// An actor of another node, as one node holds it: what is told crosses the network, and so does its death.
/// </summary>
internal sealed class FarRef(ModelNode here, ModelNode there, IActorRef target, Network network) : MinimalActorRef
{
    public override ActorPath Path => target.Path;

    public override IActorRefProvider Provider => ((IInternalActorRef)target).Provider;

    public ModelNode There => there;

    public IActorRef Target => target;

    public override void SendSystemMessage(ISystemMessage message)
    {
        if (message is Watch watch) network.Watch(here, this, watch.Watcher);
    }

    protected override void TellInternal(object message, IActorRef sender) =>
        network.ToActor(here, there, target, message, sender);
}

/// <summary>Whoever is no actor and yet hears: an operator, the simulation itself.</summary>
internal sealed class Ear(IActorRefProvider provider, string name, Action<object, IActorRef> hear) : MinimalActorRef
{
    public override ActorPath Path { get; } = new RootActorPath(provider.RootPath.Address) / name;

    public override IActorRefProvider Provider => provider;

    protected override void TellInternal(object message, IActorRef sender) => hear(message, sender);
}
