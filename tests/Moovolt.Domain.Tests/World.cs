using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.Tests;

/// <summary>
/// The three kinds of entities in memory, without actors: decide, apply, forward, then the notes. What the shell does
/// around them with shards and a journal, in its simplest form. Notes can be lost, as they can in a cluster.
/// </summary>
internal sealed class World(Func<Command, bool>? loses = null)
{
    private readonly Dictionary<string, ChargePoint> _chargePoints = [];
    private readonly Dictionary<string, Transaction> _transactions = [];
    private readonly Dictionary<string, Token> _tokens = [];

    /// <summary>Everything that was ever stored, in order.</summary>
    public List<object> Journal { get; } = [];

    public List<Delivery> Deliveries { get; } = [];

    public ChargePoint ChargePoint(ChargePointId id) => _chargePoints.GetValueOrDefault(id.Value, ChargePoints.ChargePoint.Initial);

    public Transaction Transaction(TransactionId id) =>
        _transactions.GetValueOrDefault(id.ToString(), Transactions.Transaction.Initial);

    public Token Token(TokenId id) => _tokens.GetValueOrDefault(id.Key, Tokens.Token.Initial);

    /// <summary>Sends a command to its entity; the reply is that of the last entity that it was forwarded to.</summary>
    public Reply? Send(Command command)
    {
        var notes = new Queue<Command>();
        var reply = Handle(command, notes);
        while (notes.TryDequeue(out var note))
        {
            if (loses?.Invoke(note) != true) Handle(note, notes);
        }

        return reply;
    }

    /// <summary>A note that was long on its way; what follows from it is lost for nobody.</summary>
    public void Deliver(Command note)
    {
        var notes = new Queue<Command>([note]);
        while (notes.TryDequeue(out var next)) Handle(next, notes);
    }

    /// <summary>A start is numbered, and everything that follows from that is lost.</summary>
    public void ApplyAlone(NumberTransaction command)
    {
        var state = ChargePoint(command.Id);
        foreach (var happened in ChargePoints.ChargePoint.Decide(state, command).Events)
        {
            state = ChargePoints.ChargePoint.Apply(state, happened);
            Journal.Add(happened);
        }

        _chargePoints[command.EntityId] = state;
    }

    private Reply? Handle(Command command, Queue<Command> notes) => command switch
    {
        ChargePointCommand c => Handle(_chargePoints, c, ChargePoints.ChargePoint.Initial, ChargePoints.ChargePoint.Decide, ChargePoints.ChargePoint.Apply, notes),
        TransactionCommand c => Handle(_transactions, c, Transactions.Transaction.Initial, Transactions.Transaction.Decide, Transactions.Transaction.Apply, notes),
        TokenCommand c => Handle(_tokens, c, Tokens.Token.Initial, Tokens.Token.Decide, Tokens.Token.Apply, notes),
        _ => throw new ArgumentException($"Nobody takes {command}"),
    };

    private Reply? Handle<TState, TCommand, TEvent>(
        Dictionary<string, TState> states,
        TCommand command,
        TState initial,
        Func<TState, TCommand, Decision<TEvent>> decide,
        Func<TState, TEvent, TState> apply,
        Queue<Command> notes)
        where TCommand : Command
        where TEvent : notnull
    {
        var state = states.GetValueOrDefault(command.EntityId, initial);
        var decision = decide(state, command);
        foreach (var happened in decision.Events)
        {
            state = apply(state, happened);
            Journal.Add(happened);
        }

        states[command.EntityId] = state;
        Deliveries.AddRange(decision.Deliveries);
        foreach (var note in decision.Notes) notes.Enqueue(note);
        return decision.Forward is { } forward ? Handle(forward, notes) : decision.Reply;
    }
}
