using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;

namespace Moovolt.ReadModel.Tests;

/// <summary>
/// The real entities without a cluster: commands go in, and what they journal comes out in the order of commits, the
/// forwarded commands and the notes between entities followed to their end.
/// </summary>
public sealed class InMemoryEntities
{
    private readonly Dictionary<string, ChargePoint> chargePoints = [];
    private readonly Dictionary<string, Transaction> transactions = [];
    private readonly Dictionary<string, Token> tokens = [];

    /// <summary>What was journaled, and by whom.</summary>
    public List<(string PersistenceId, object Event)> Journal { get; } = [];

    /// <summary>True: what entities tell each other is lost; what is forwarded is not.</summary>
    public bool LoseNotes { get; set; }

    public Reply? Tell(Command command)
    {
        Reply? reply = null;
        var queue = new Queue<Command>([command]);
        while (queue.TryDequeue(out var next))
        {
            var (said, forward, notes) = next switch
            {
                ChargePointCommand c => Run(chargePoints, "charge-point", c, ChargePoint.Initial, ChargePoint.Decide, ChargePoint.Apply),
                TransactionCommand c => Run(transactions, "transaction", c, Transaction.Initial, Transaction.Decide, Transaction.Apply),
                TokenCommand c => Run(tokens, "token", c, Token.Initial, Token.Decide, Token.Apply),
                _ => throw new ArgumentException($"No entity takes {next.GetType().Name}"),
            };
            reply ??= said;
            if (forward is not null) queue.Enqueue(forward);
            if (LoseNotes) continue;
            foreach (var note in notes) queue.Enqueue(note);
        }

        return reply;
    }

    private (Reply? Reply, Command? Forward, IEnumerable<Command> Notes) Run<TState, TCommand, TEvent>(
        Dictionary<string, TState> states,
        string kind,
        TCommand command,
        TState initial,
        Func<TState, TCommand, Decision<TEvent>> decide,
        Func<TState, TEvent, TState> apply)
        where TCommand : Command
        where TEvent : notnull
    {
        var state = states.GetValueOrDefault(command.EntityId, initial);
        var decision = decide(state, command);
        foreach (var @event in decision.Events)
        {
            state = apply(state, @event);
            Journal.Add(($"{kind}/{command.EntityId}", @event));
        }

        states[command.EntityId] = state;
        return (decision.Reply, decision.Forward, decision.Notes);
    }
}
