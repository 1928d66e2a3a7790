using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Actor;
using Akka.Cluster.Sharding;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Moovolt.Journal;
using Moovolt.ReadModel.Projection;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Api.Tests;

/// <summary>
/// All three shard regions in one actor: the real decisions, written to a real journal before anybody is answered, so
/// that the real projector shows them. Chargers are functions from a call to an answer.
/// </summary>
internal sealed class WorldActor : ReceiveActor
{
    private readonly World _world;
    private readonly Dictionary<string, object> _states = [];
    private readonly Dictionary<string, long> _written = [];

    public WorldActor(World world)
    {
        _world = world;
        Receive<Request>(Handle);
        Receive<GetClusterShardingStats>(_ => Sender.Tell(world.Stats()));
    }

    private void Handle(Request request)
    {
        if (_world.IsSilent) return;

        var notes = new Queue<Command>();
        var reply = Handle(request.Command, notes);
        if (reply is not null) Sender.Tell(new Answer(request.Ticket, reply));
        while (notes.TryDequeue(out var note)) Handle(note, notes);
        _world.Projector.Wake();
    }

    private Reply? Handle(Command command, Queue<Command> notes) => command switch
    {
        ChargePointCommand c => Handle("charge-point", c, ChargePoint.Initial, ChargePoint.Decide, ChargePoint.Apply, notes),
        TransactionCommand c => Handle("transaction", c, Transaction.Initial, Transaction.Decide, Transaction.Apply, notes),
        TokenCommand c => Handle("token", c, Token.Initial, Token.Decide, Token.Apply, notes),
        _ => throw new ArgumentException($"Nobody takes {command}"),
    };

    private Reply? Handle<TState, TCommand, TEvent>(
        string kind,
        TCommand command,
        TState initial,
        Func<TState, TCommand, Decision<TEvent>> decide,
        Func<TState, TEvent, TState> apply,
        Queue<Command> notes)
        where TState : notnull
        where TCommand : Command
        where TEvent : notnull
    {
        var id = $"{kind}/{command.EntityId}";
        if (_world.Unreadable.ContainsKey(id)) return new Reply.Refused($"The history of {id} cannot be read.");
        var state = (TState)_states.GetValueOrDefault(id, initial);
        var decision = decide(state, command);
        Store(id, [.. decision.Events.Cast<object>()]);
        _states[id] = decision.Events.Aggregate(state, apply);

        foreach (var call in decision.Deliveries.OfType<CallStation>()) Deliver(new ChargePointId(command.EntityId), call);
        foreach (var note in decision.Notes) notes.Enqueue(note);
        return decision.Forward is { } forward ? Handle(forward, notes) : decision.Reply;
    }

    private void Deliver(ChargePointId chargePoint, CallStation call)
    {
        _world.Calls.Enqueue(call);
        if (_world.Chargers.GetValueOrDefault(chargePoint.Value)?.Invoke(call) is not { } answer) return;
        Self.Tell(new Request(0, new AnswerRequest(chargePoint, call.Epoch, call.RequestId, answer, DateTimeOffset.UtcNow)));
    }

    private void Store(string id, ImmutableArray<object> events)
    {
        if (events.IsEmpty) return;
        using var connection = _world.Stores.Journal.OpenAsync(CancellationToken.None).AsTask().Result; // SQLite never waits
        using var transaction = connection.BeginTransaction();
        foreach (var happened in events)
        {
            var number = _written[id] = _written.GetValueOrDefault(id) + 1;
            using var command = connection.CreateCommand();
            command.Transaction = transaction;
            command.CommandText = """
                insert into journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier)
                values ($created, 0, $id, $number, $message, $manifest, 1)
                """;
            Add("$created", DateTime.UtcNow.Ticks);
            Add("$id", id);
            Add("$number", number);
            Add("$message", JournalFormat.Write(happened));
            Add("$manifest", JournalFormat.ManifestOf(happened));
            command.ExecuteNonQuery();

            void Add(string name, object value)
            {
                var parameter = command.CreateParameter();
                (parameter.ParameterName, parameter.Value) = (name, value);
                command.Parameters.Add(parameter);
            }
        }

        transaction.Commit();
    }
}

/// <summary>What the tests may turn, and look at, of the world behind the bridge.</summary>
internal sealed class World(Stores stores, Projector projector)
{
    public Stores Stores => stores;

    public Projector Projector => projector;

    /// <summary>How each charger answers; null, or no entry, for one that says nothing.</summary>
    public ConcurrentDictionary<string, Func<CallStation, StationAnswer?>> Chargers { get; } = new();

    /// <summary>Every call that went to a charger, in order.</summary>
    public ConcurrentQueue<CallStation> Calls { get; } = new();

    /// <summary>The persistence ids whose history cannot be read: their entities refuse whatever an operator asks.</summary>
    public ConcurrentDictionary<string, bool> Unreadable { get; } = new();

    /// <summary>True while no entity answers: the journal is away, or shards are moving.</summary>
    public bool IsSilent { get; set; }

    public required Func<ClusterShardingStats> Stats { get; init; }
}
