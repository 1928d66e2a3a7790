using Akka.Actor;
using Akka.Persistence;
using Moovolt.Cluster.Shards;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;

namespace Moovolt.Simulation.World;

/// <summary>An event as it is stored.</summary>
internal sealed record Row(string PersistenceId, long SequenceNr, string Manifest, byte[] Bytes, object Event);

/// <summary>How well the database is.</summary>
/// <param name="Slowest">How long a commit may take.</param>
/// <param name="Fails">Of so many statements one fails; 0: none, 1: all.</param>
/// <param name="Unclear">Of so many failures one was stored all the same, and nobody is told; 0: none.</param>
/// <param name="RecoveryFails">Of so many histories one cannot be read; 0: none.</param>
internal sealed record JournalWeather(TimeSpan Slowest, int Fails, int Unclear, int RecoveryFails)
{
    public static readonly JournalWeather Fine = new(TimeSpan.FromMilliseconds(8), 0, 0, 0);
}

/// <summary>
/// The database: rows with a unique key of persistence id and sequence number, written in statements that are stored
/// whole or not at all, whoever's events are in them. What is here is what the program knows for ever.
/// </summary>
internal sealed class ModelJournal(SimulatedWorld world)
{
    private readonly Dictionary<string, List<Row>> histories = new(StringComparer.Ordinal);
    private readonly Dictionary<string, (long At, string Manifest, byte[] Bytes)> snapshots =
        new(StringComparer.Ordinal);

    public JournalWeather Weather { get; set; } = JournalWeather.Fine;

    /// <summary>All that is stored, in the order of storing.</summary>
    public List<Row> Rows { get; } = [];

    /// <summary>What the stored events come to, by persistence id.</summary>
    public SortedDictionary<string, object> States { get; } = new(StringComparer.Ordinal);

    public IReadOnlyList<Row> HistoryOf(string persistenceId) =>
        histories.TryGetValue(persistenceId, out var rows) ? rows : [];

    /// <summary>One statement: stored whole, or not at all.</summary>
    public bool TryStore(IReadOnlyList<Row> rows)
    {
        foreach (var row in rows)
        {
            if (HistoryOf(row.PersistenceId).All(known => known.SequenceNr != row.SequenceNr)) continue;
            if (world.Mutations.NoUniqueKey) return Overwrite(rows);
            world.Say($"the unique key keeps {row.PersistenceId} #{row.SequenceNr} ({row.Manifest}) out");
            return false;
        }

        if (world.Mutations.LosesRows && world.Chance.Next(40) == 0) return true;
        foreach (var row in rows) Add(row);
        return true;
    }

    public void Keep(string persistenceId, long at, string manifest, byte[] bytes) =>
        snapshots[persistenceId] = (at, manifest, bytes);

    public (long At, string Manifest, byte[] Bytes)? SnapshotOf(string persistenceId) =>
        snapshots.TryGetValue(persistenceId, out var kept) ? kept : null;

    // Only a mutant's journal: the later writer's row takes the place of the first one's.
    private bool Overwrite(IReadOnlyList<Row> rows)
    {
        foreach (var row in rows)
        {
            Rows.RemoveAll(known => known.PersistenceId == row.PersistenceId && known.SequenceNr == row.SequenceNr);
            if (histories.TryGetValue(row.PersistenceId, out var history))
                history.RemoveAll(known => known.SequenceNr == row.SequenceNr);
            Add(row);
        }

        return true;
    }

    private void Add(Row row)
    {
        if (!histories.TryGetValue(row.PersistenceId, out var history)) histories[row.PersistenceId] = history = [];
        history.Add(row);
        Rows.Add(row);
        world.Say($"stored {row.PersistenceId} #{row.SequenceNr} {row.Manifest}");
        world.Checker.Stored(row);
        try
        {
            States[row.PersistenceId] = Fold(States.GetValueOrDefault(row.PersistenceId), row.Event);
        }
        catch (InvalidOperationException contradiction)
        {
            world.Violated(
                $"{row.PersistenceId} #{row.SequenceNr} contradicts what is before it: {contradiction.Message}");
        }
    }

    private static object Fold(object? state, object happened) => happened switch
    {
        ChargePointEvent e => ChargePoint.Apply((ChargePoint?)state ?? ChargePoint.Initial, e),
        TransactionEvent e => Transaction.Apply((Transaction?)state ?? Transaction.Initial, e),
        TokenEvent e => Token.Apply((Token?)state ?? Token.Initial, e),
        _ => throw new InvalidOperationException($"{happened.GetType().Name} is no event"),
    };
}

/// <summary>
/// The journal plugin of all nodes: it speaks Akka.Persistence's protocol, and batches each node's writes as the
/// program's own does, so that what fails together fails together. Named in the simulation's configuration.
/// </summary>
public sealed class JournalActor : UntypedActor
{
    // The breaker's call-timeout in hocon/persistence.conf.
    private static readonly TimeSpan GivenUp = TimeSpan.FromSeconds(10);

    private readonly SimulatedWorld world = SimulatedWorld.Current;
    private readonly Dictionary<ModelNode, Writer> writers = [];
    private readonly IActorRef self = Context.Self;

    protected override void OnReceive(object message)
    {
        switch (message)
        {
            case WriteMessages write when world.NodeOf(write.PersistentActor) is { IsDead: false } node:
                Take(node, write);
                break;
            case ReplayMessages replay when world.NodeOf(replay.PersistentActor) is { IsDead: false } node:
                Read(node, replay);
                break;
        }
    }

    private void Take(ModelNode node, WriteMessages write)
    {
        var rows = write.Messages.OfType<AtomicWrite>()
            .SelectMany(atomic => (IEnumerable<IPersistentRepresentation>)atomic.Payload)
            .Select(persistent => (persistent, RowOf(persistent)))
            .ToList();
        if (!writers.TryGetValue(node, out var writer)) writers[node] = writer = new Writer();
        writer.Waiting.Add(new Write(write, rows));
        if (world.Mutations.AnswersBeforeTheCommit) Succeed(write, rows.Select(row => row.persistent));
        Begin(node, writer);
    }

    private void Begin(ModelNode node, Writer writer)
    {
        if (writer.Running.Count >= 2 || writer.Waiting.Count == 0) return;
        var batch = writer.Waiting.ToList();
        writer.Waiting.Clear();
        writer.Running.Add(batch);
        var (weather, chance) = (world.Journal.Weather, world.Chance);
        var fails = weather.Fails > 0 && chance.Next(weather.Fails) == 0;
        var stored = !fails || (weather.Unclear > 0 && chance.Next(weather.Unclear) == 0);
        var late = fails && chance.Next(2) == 0;
        var latency = TimeSpan.FromTicks(chance.NextInt64(TimeSpan.TicksPerMillisecond, weather.Slowest.Ticks));
        if (late && latency < GivenUp) latency = GivenUp;

        // What was already sent to the database when its node died may be stored or not.
        world.Loop.After(latency, () =>
        {
            writer.Running.Remove(batch);
            if (node.IsDead) stored = stored && chance.Next(2) == 0;
            var done = stored && world.Journal.TryStore(
                [.. batch.SelectMany(write => write.Rows.Select(row => row.Row))]);
            if (node.IsDead) return;
            var ok = done && !fails && latency <= GivenUp;
            if (!ok)
            {
                var events = batch.Sum(write => write.Rows.Count);
                var yet = done ? ", and is stored all the same" : "";
                world.Say($"{node}: a statement of {events} events fails{yet}");
            }

            foreach (var write in batch) Settle(write, ok);
            Begin(node, writer);
            foreach (var read in writer.Reading.ToArray())
            {
                if (writer.IsWriting(read.PersistenceId)) continue;
                writer.Reading.Remove(read);
                Read(node, read);
            }
        });
    }

    private void Settle(Write write, bool ok)
    {
        if (world.Mutations.AnswersBeforeTheCommit) return;
        if (ok)
        {
            Succeed(write.Message, write.Rows.Select(row => row.Persistent));
            return;
        }

        var cause = new IOException("the database did not store it");
        var to = write.Message.PersistentActor;
        to.Tell(new WriteMessagesFailed(cause, write.Message.Messages.Count()), self);
        foreach (var (persistent, _) in write.Rows)
            to.Tell(new WriteMessageFailure(persistent, cause, write.Message.ActorInstanceId), persistent.Sender);
    }

    private void Succeed(WriteMessages write, IEnumerable<IPersistentRepresentation> stored)
    {
        write.PersistentActor.Tell(WriteMessagesSuccessful.Instance, self);
        foreach (var persistent in stored)
            write.PersistentActor.Tell(new WriteMessageSuccess(persistent, write.ActorInstanceId), persistent.Sender);
    }

    // As the program's journal does, it waits for what this node still writes of that history.
    private void Read(ModelNode node, ReplayMessages replay)
    {
        if (writers.TryGetValue(node, out var writer) && writer.IsWriting(replay.PersistenceId))
        {
            writer.Reading.Add(replay);
            return;
        }

        var (weather, chance) = (world.Journal.Weather, world.Chance);
        var fails = weather.RecoveryFails > 0 && chance.Next(weather.RecoveryFails) == 0;
        world.Loop.After(TimeSpan.FromMilliseconds(chance.Next(1, 6)), () =>
        {
            if (node.IsDead) return;
            if (fails)
            {
                replay.PersistentActor.Tell(
                    new ReplayMessagesFailure(new IOException("the history cannot be read")), self);
                return;
            }

            var history = world.Journal.HistoryOf(replay.PersistenceId).OrderBy(row => row.SequenceNr).ToArray();
            foreach (var row in history)
            {
                if (row.SequenceNr < replay.FromSequenceNr || row.SequenceNr > replay.ToSequenceNr) continue;
                replay.PersistentActor.Tell(
                    new ReplayedMessage(new Persistent(
                        world.Serializer.FromBinary(row.Bytes, row.Manifest), row.SequenceNr, row.PersistenceId)),
                    ActorRefs.NoSender);
            }

            replay.PersistentActor.Tell(new RecoverySuccess(history.Length == 0 ? 0 : history[^1].SequenceNr), self);
        });
    }

    private Row RowOf(IPersistentRepresentation persistent)
    {
        var (bytes, manifest) =
            (world.Serializer.ToBinary(persistent.Payload), world.Serializer.Manifest(persistent.Payload));
        return new Row(
            persistent.PersistenceId, persistent.SequenceNr, manifest, bytes,
            world.Serializer.FromBinary(bytes, manifest));
    }

    private sealed record Write(WriteMessages Message, List<(IPersistentRepresentation Persistent, Row Row)> Rows);

    private sealed class Writer
    {
        public List<Write> Waiting { get; } = [];

        public List<List<Write>> Running { get; } = [];

        public List<ReplayMessages> Reading { get; } = [];

        public bool IsWriting(string persistenceId) =>
            Waiting.Concat(Running.SelectMany(batch => batch))
                .Any(write => write.Rows.Any(row => row.Row.PersistenceId == persistenceId));
    }
}

/// <summary>The snapshot store of all nodes. Named in the simulation's configuration.</summary>
public sealed class SnapshotActor : UntypedActor
{
    private readonly SimulatedWorld world = SimulatedWorld.Current;

    protected override void OnReceive(object message)
    {
        if (world.NodeOf(Sender) is not { IsDead: false }) return;
        switch (message)
        {
            case LoadSnapshot load:
                var kept = world.Journal.SnapshotOf(load.PersistenceId) is { } found
                    && found.At <= load.Criteria.MaxSequenceNr
                    ? new SelectedSnapshot(
                        new SnapshotMetadata(load.PersistenceId, found.At, DateTime.UnixEpoch),
                        world.Serializer.FromBinary(found.Bytes, found.Manifest))
                    : null;
                Sender.Tell(new LoadSnapshotResult(kept, load.ToSequenceNr));
                break;
            case SaveSnapshot save:
                world.Journal.Keep(
                    save.Metadata.PersistenceId, save.Metadata.SequenceNr,
                    world.Serializer.Manifest(save.Snapshot), world.Serializer.ToBinary(save.Snapshot));
                Sender.Tell(new SaveSnapshotSuccess(save.Metadata));
                break;
            case DeleteSnapshots delete:
                Sender.Tell(new DeleteSnapshotsSuccess(delete.Criteria));
                break;
        }
    }
}
