using Akka.Actor;
using Moovolt.Domain;

namespace Moovolt.Cluster.Tests;

/// <summary>Does for entities what a shard does: makes each at its first message, and anew after it has stopped.</summary>
internal sealed class OneShard(Func<string, Props> create, Action<string> stopped) : UntypedActor
{
    private readonly Dictionary<string, IActorRef> entities = [];

    protected override SupervisorStrategy SupervisorStrategy() => Akka.Actor.SupervisorStrategy.StoppingStrategy;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case Request request:
                if (!entities.TryGetValue(request.Command.EntityId, out var entity))
                    entities[request.Command.EntityId] = entity = Context.Watch(Context.ActorOf(create(request.Command.EntityId)));
                entity.Forward(request);
                break;
            case Terminated gone:
                var id = entities.Single(entry => entry.Value.Equals(gone.ActorRef)).Key;
                entities.Remove(id);
                stopped(id);
                break;
        }
    }
}
