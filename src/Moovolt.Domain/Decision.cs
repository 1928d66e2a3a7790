using System.Collections.Immutable;

namespace Moovolt.Domain;

/// <summary>Anything that can be asked of an entity. Verb first; the id of the entity is in the message.</summary>
public abstract record Command
{
    /// <summary>The shard key: the entity's id within its kind.</summary>
    public abstract string EntityId { get; }
}

/// <summary>
/// Asked by a person, who can be told no in words. What is not is a charger's fact: it is answered, or, when that
/// cannot be done, left unanswered, so that the charger keeps it and comes again.
/// </summary>
public interface IOperatorCommand;

/// <summary>
/// What a command comes to. After the last event is stored, and never before, the shell sends what is here: the
/// reply to whoever waits, or the forwarded command in that one's name, and the notes to other entities.
/// </summary>
/// <param name="Reply">
/// What to say back; null when <paramref name="Forward"/> will have it said, or nobody waits.
/// </param>
/// <param name="Events">What happened: nothing for a refusal or a repeat.</param>
public sealed record Decision<TEvent>(Reply? Reply, params ImmutableArray<TEvent> Events)
{
    /// <summary>The command whose commit answers the asker instead of this one: sent with the same sender.</summary>
    public Command? Forward { get; init; }

    /// <summary>
    /// What other entities must be told. At most once each; the clock tells again until it is confirmed.
    /// </summary>
    public ImmutableArray<Command> Notes { get; init; } = [];

    /// <summary>What the charger's session must be told, if it is there. See <see cref="Delivery"/>.</summary>
    public ImmutableArray<Delivery> Deliveries { get; init; } = [];
}

/// <summary>
/// From a charge point's entity to the session that holds its socket. An epoch that is not the session's own is
/// ignored.
/// </summary>
public abstract record Delivery
{
    /// <summary>The session that is meant.</summary>
    public abstract long Epoch { get; init; }
}
