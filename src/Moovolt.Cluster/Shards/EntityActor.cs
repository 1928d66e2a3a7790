using System.Collections.Immutable;
using Akka.Actor;
using Akka.Event;
using Akka.Persistence;
using Moovolt.Domain;
using Moovolt.Journal;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// The one shell around every entity's pure functions. It keeps the order that must never vary: decide, store, apply,
/// and only then answer. Nobody hears of an event that is not yet stored. (Untyped: the pattern builder of a receive
/// actor costs more than all the rest of making an entity, and every transaction makes one.)
/// </summary>
internal abstract class EntityActor<TState, TCommand, TEvent> : UntypedPersistentActor
    where TState : notnull
    where TCommand : Command
    where TEvent : notnull
{
    private readonly Func<TState, TCommand, Decision<TEvent>> decide;
    private readonly Func<TState, TEvent, TState> apply;
    private readonly Neighbours neighbours;
    private readonly ILoggingAdapter log = Context.GetLogger();

    /// <summary>Why the history could not be read to its end; null when it could.</summary>
    private string? unreadable;

    /// <summary>A decision of its own is on its way to the journal.</summary>
    private bool isStoring;

    protected EntityActor(
        string kind,
        string entityId,
        TState initial,
        Func<TState, TCommand, Decision<TEvent>> decide,
        Func<TState, TEvent, TState> apply,
        Neighbours neighbours)
    {
        PersistenceId = $"{kind}/{entityId}";
        State = initial;
        this.decide = decide;
        this.apply = apply;
        this.neighbours = neighbours;
    }

    public override string PersistenceId { get; }

    /// <summary>What the stored events come to.</summary>
    protected TState State { get; private set; }

    /// <summary>Up to which event the last snapshot goes; 0 when there is none.</summary>
    protected long SnapshotAt { get; set; }

    protected sealed override void OnRecover(object message)
    {
        switch (message)
        {
            case TEvent stored:
                Replay(stored);
                break;
            case SnapshotOffer offer:
                State = (TState)offer.Snapshot;
                SnapshotAt = offer.Metadata.SequenceNr;
                break;
            case UnknownStored stored:
                Distrust($"event '{stored.Manifest}': {stored.Why}");
                break;
            case RecoveryCompleted:
                OnRecovered();
                break;
        }
    }

    protected sealed override void OnCommand(object message)
    {
        switch (message)
        {
            case Request request:
                Handle(request);
                break;
            case Leave:
                Context.Stop(Self);
                break;
            default:
                OnNotice(message);
                break;
        }
    }

    /// <summary>The history has been read.</summary>
    protected virtual void OnRecovered()
    {
    }

    /// <summary>
    /// What the platform has to say: a watched actor is gone, a snapshot is kept, nobody has asked for long.
    /// </summary>
    protected virtual void OnNotice(object message) => Unhandled(message);

    /// <summary>After the last event of a decision is stored and applied, and before anybody hears of it.</summary>
    protected virtual void OnStored()
    {
    }

    /// <summary>Before a reply goes out; the events behind it are stored.</summary>
    protected virtual void OnAnswering(Reply reply, IActorRef asker)
    {
    }

    /// <summary>Gives a session what it is due. Only a charge point has sessions.</summary>
    protected virtual void Deliver(Delivery delivery) =>
        throw new InvalidOperationException($"{PersistenceId} has no session to deliver to.");

    // However it ended: what it was storing nobody waits for any more.
    protected override void PostStop()
    {
        NoLongerStoring();
        base.PostStop();
    }

    // A rejected write leaves the actor alive, with a state that may not be the stored one: it stops, nobody is
    // answered, and whoever asked asks again. (A failed write, or a failed recovery, stops it in any case.)
    protected override void OnPersistRejected(Exception cause, object @event, long sequenceNr)
    {
        Warn("been rejected", @event, cause);
        Context.Stop(Self);
    }

    protected override void OnPersistFailure(Exception cause, object @event, long sequenceNr) =>
        Warn("failed", @event, cause);

    protected override void OnRecoveryFailure(Exception reason, object? message = null) =>
        log.Warning("The history of {0} could not be read: {1}", PersistenceId, reason.Message);

    private void Handle(Request request)
    {
        var asker = Sender;
        if (unreadable is not null)
        {
            if (request.Command is IOperatorCommand) Answer(asker, request, new Reply.Refused(unreadable));
            return;
        }

        var decision = decide(State, (TCommand)request.Command);
        if (decision.Events.IsEmpty)
        {
            Finish(decision, request, asker);
            return;
        }

        // Too much is on its way already: as good as a message that was lost, and those are told again.
        if (!neighbours.Load.TryEnter()) return;
        isStoring = true;
        var unstored = decision.Events.Length;
        PersistAll(decision.Events, stored =>
        {
            State = apply(State, stored);
            if (--unstored > 0) return;
            NoLongerStoring();
            OnStored();
            neighbours.Stored();
            Finish(decision, request, asker); // an answer after an event has no other origin than this line
        });
    }

    private void NoLongerStoring()
    {
        if (isStoring) neighbours.Load.Leave();
        isStoring = false;
    }

    private void Finish(Decision<TEvent> decision, Request request, IActorRef asker)
    {
        if (decision.Reply is { } reply) Answer(asker, request, reply);
        if (decision.Forward is { } forward) neighbours.Tell(forward, request.Ticket, asker);
        foreach (var note in decision.Notes) neighbours.Tell(note, 0, ActorRefs.NoSender);
        foreach (var delivery in decision.Deliveries) Deliver(delivery);
    }

    private void Answer(IActorRef asker, Request request, Reply reply)
    {
        OnAnswering(reply, asker);
        if (!asker.Equals(Context.System.DeadLetters)) asker.Tell(new Answer(request.Ticket, reply));
    }

    private void Replay(TEvent stored)
    {
        if (unreadable is not null) return;
        try
        {
            State = apply(State, stored);
        }
        catch (InvalidOperationException contradiction)
        {
            Distrust(contradiction.Message);
        }
    }

    // A line each, without a stack: in an outage of the database there are thousands.
    private void Warn(string how, object @event, Exception cause) => log.Warning(
        "The write of {0} to {1} has {2}, and nobody is answered: {3}",
        @event.GetType().Name, PersistenceId, how, cause.Message);

    // Half a history is worse than none: from here on nothing is decided and nothing written. Once, since a person
    // has to look, and the entity stays, since starting it anew would only read the same rows again.
    private void Distrust(string why)
    {
        if (unreadable is not null) return;
        unreadable = $"The history of {PersistenceId} cannot be read beyond row {LastSequenceNr}: {why}";
        log.Error("{0} It is left as it is: charger messages stay unanswered, operator commands are refused.",
            unreadable);
    }
}
