namespace Moovolt.Domain;

/// <summary>
/// A command on its way to its entity, with the number under which the asker waits. A retry carries the same number;
/// an answer under a number that nobody waits for any more is dropped.
/// </summary>
public sealed record Request(long Ticket, Command Command);

/// <summary>
/// What came of a <see cref="Request"/>: only ever sent after the commit of the last event behind it.
/// </summary>
public sealed record Answer(long Ticket, Reply Reply);
