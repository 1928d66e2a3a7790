using Akka.Actor;
using Akka.Cluster.Sharding;
using Akka.Persistence;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// The single writer of one charge point's history, and the way to its session: where the socket is it keeps in memory
/// only, since a session tells again whenever its entity has moved.
/// </summary>
internal sealed class ChargePointActor : SnapshottingActor<ChargePoint, ChargePointCommand, ChargePointEvent>
{
    private readonly Dictionary<long, IActorRef> sessions = [];
    private readonly TimeSpan leavesAfter;

    /// <param name="leavesAfter">How long it stays when it has no session and nobody asks.</param>
    public ChargePointActor(string entityId, Neighbours neighbours, int snapshotEvery, TimeSpan leavesAfter)
        : base(Kinds.ChargePoint, entityId, ChargePoint.Initial,
            ChargePoint.Decide, ChargePoint.Apply, neighbours, snapshotEvery)
    {
        this.leavesAfter = leavesAfter;
    }

    protected override void OnRecovered() => StayWhileInSession();

    protected override void OnNotice(object message)
    {
        switch (message)
        {
            case Terminated gone:
                Forget(gone.ActorRef);
                break;
            case ReceiveTimeout:
                Context.Parent.Tell(new Passivate(Leave.Now));
                break;
            default:
                base.OnNotice(message);
                break;
        }
    }

    protected override void OnStored()
    {
        base.OnStored();
        StayWhileInSession();
    }

    protected override void OnAnswering(Reply reply, IActorRef asker)
    {
        if (reply is not SessionOpen open) return;
        sessions[open.Epoch] = asker;
        Context.Watch(asker);
    }

    // A session that is not known here will tell again, and is then given what it has not answered.
    protected override void Deliver(Delivery delivery)
    {
        if (sessions.TryGetValue(delivery.Epoch, out var session)) session.Tell(delivery);
    }

    private void StayWhileInSession() => Context.SetReceiveTimeout(State.Session is null ? leavesAfter : null);

    private void Forget(IActorRef session)
    {
        foreach (var (epoch, known) in sessions)
        {
            if (known.Equals(session)) sessions.Remove(epoch);
        }
    }
}
