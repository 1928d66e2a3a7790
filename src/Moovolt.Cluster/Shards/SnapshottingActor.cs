using Akka.Persistence;
using Moovolt.Domain;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// An entity whose history has no end: its state is kept now and then, so that it need not read all of it again. A
/// snapshot saves time and nothing else; the events are the truth.
/// </summary>
internal abstract class SnapshottingActor<TState, TCommand, TEvent> : EntityActor<TState, TCommand, TEvent>
    where TState : notnull
    where TCommand : Command
    where TEvent : notnull
{
    private readonly int every;

    protected SnapshottingActor(
        string kind,
        string entityId,
        TState initial,
        Func<TState, TCommand, Decision<TEvent>> decide,
        Func<TState, TEvent, TState> apply,
        Neighbours neighbours,
        int every)
        : base(kind, entityId, initial, decide, apply, neighbours) => this.every = every;

    protected override void OnNotice(object message)
    {
        switch (message)
        {
            case SaveSnapshotSuccess saved:
                // The one before stays too: should the newest be unreadable after a roll-back of the program, few
                // events are left to replay.
                DeleteSnapshots(new SnapshotSelectionCriteria(saved.Metadata.SequenceNr - every - 1));
                break;
            case DeleteSnapshotsSuccess:
                break;
            default:
                base.OnNotice(message);
                break;
        }
    }

    protected override void OnStored()
    {
        if (LastSequenceNr - SnapshotAt < every) return;
        SnapshotAt = LastSequenceNr;
        SaveSnapshot(State);
    }
}
