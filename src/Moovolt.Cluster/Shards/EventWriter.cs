using System.Collections.Immutable;
using System.Threading.Channels;
using Akka.Persistence;
using Akka.Serialization;
using Npgsql;
using NpgsqlTypes;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// Stores events in PostgreSQL. Those that wait together are one statement, whose text is always the same, so it is
/// planned once; and one statement by itself is a transaction by itself, in one round trip.
/// </summary>
internal sealed class EventWriter
{
    private const string Insert = """
        insert into journal
          (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
        select $1, false, persistence_id, sequence_number, message, manifest, identifier, $2
        from unnest($3, $4, $5, $6, $7) with ordinality
          as written (persistence_id, sequence_number, message, manifest, identifier, place)
        order by place -- the rows' own order of storing is that of the events
        """;

    private readonly Serialization serialization;
    private readonly string connection;
    private readonly int batchSize;
    private readonly Channel<Write> queue;
    private readonly string writerId = Guid.NewGuid().ToString("N");
    private volatile bool stopped;

    /// <param name="buffer">Writes that wait, at most; what comes then fails.</param>
    /// <param name="batchSize">Events of one statement. An atomic write stays whole, however many it has.</param>
    /// <param name="parallelism">Statements at once.</param>
    public EventWriter(Serialization serialization, string connection, int buffer, int batchSize, int parallelism)
    {
        this.serialization = serialization;
        this.connection = connection;
        this.batchSize = batchSize;
        queue = Channel.CreateBounded<Write>(buffer);
        for (var n = 0; n < parallelism; n++) _ = Task.Run(RunAsync);
    }

    /// <returns>For each write null, or why it cannot be stored as it is: none of it is.</returns>
    /// <exception cref="InvalidOperationException">Too many wait already, or the journal has stopped.</exception>
    public async Task<IImmutableList<Exception?>> WriteAsync(IReadOnlyList<AtomicWrite> writes)
    {
        var events = new List<Event>(writes.Count);
        var rejections = ImmutableList.CreateBuilder<Exception?>();
        foreach (var write in writes) rejections.Add(Serialize(write, events));
        if (events.Count == 0) return rejections.ToImmutable();

        var waiting = new Write(events, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));
        if (!queue.Writer.TryWrite(waiting))
            throw new InvalidOperationException("The journal takes no more writes: too many wait, or it has stopped.");
        await waiting.Done.Task;
        return rejections.ToImmutable();
    }

    /// <summary>
    /// Takes no more, and what waits fails: another node may have these entities by now, and nobody has been answered.
    /// </summary>
    public void Stop()
    {
        stopped = true;
        queue.Writer.TryComplete();
    }

    private Exception? Serialize(AtomicWrite write, List<Event> events)
    {
        var before = events.Count;
        try
        {
            foreach (var persistent in (IEnumerable<IPersistentRepresentation>)write.Payload)
            {
                var serializer = serialization.FindSerializerFor(persistent.Payload);
                events.Add(new Event(
                    persistent.PersistenceId,
                    persistent.SequenceNr,
                    serializer.ToBinary(persistent.Payload),
                    Serialization.ManifestFor(serializer, persistent.Payload),
                    serializer.Identifier));
            }

            return null;
        }
#pragma warning disable CA1031 // whatever it is, the entity hears of it, and the other writes go on
        catch (Exception e)
#pragma warning restore CA1031
        {
            events.RemoveRange(before, events.Count - before);
            return e;
        }
    }

    private async Task RunAsync()
    {
        var batch = new List<Write>();
        while (await queue.Reader.WaitToReadAsync())
        {
            batch.Clear();
            for (var rows = 0; rows < batchSize && queue.Reader.TryRead(out var write); rows += write.Events.Count)
                batch.Add(write);
            if (batch.Count == 0) continue;
            if (await TryInsertAsync(batch) is not { } failure) continue;
            if (batch.Count > 1 && IsOfOneRow(failure)) await InsertEachAsync(batch);
            else foreach (var write in batch) write.Done.TrySetException(failure);
        }
    }

    // One row that the database refuses has failed all that shared its statement: each is now tried by itself, so that
    // only the one whose row it is hears of it. Seldom enough not to matter that it is slow.
    private async Task InsertEachAsync(List<Write> batch)
    {
        Exception? outage = null;
        foreach (var write in batch)
        {
            if ((outage ?? await TryInsertAsync([write])) is not { } failure) continue;
            write.Done.TrySetException(failure);
            if (!IsOfOneRow(failure)) outage = failure;
        }
    }

    // Nothing is stored when it says why: a statement by itself is a transaction by itself.
    private async Task<Exception?> TryInsertAsync(List<Write> batch)
    {
        try
        {
            await InsertAsync([.. batch.SelectMany(write => write.Events)]);
            foreach (var write in batch) write.Done.TrySetResult();
            return null;
        }
#pragma warning disable CA1031 // each entity that waits hears of it, and stops
        catch (Exception e)
#pragma warning restore CA1031
        {
            return e;
        }
    }

    // The database was there and looked at the rows: data that it does not take (class 22), a constraint (23, a second
    // writer of one history), a limit (54), what somebody's trigger raised (P0). PostgreSQL's manual, appendix A.
    private static bool IsOfOneRow(Exception failure) =>
        failure is PostgresException { SqlState: [var first, var second, ..] } && (first, second) is
            ('2', '2') or ('2', '3') or ('5', '4') or ('P', '0');

    private async Task InsertAsync(Event[] events)
    {
        if (stopped) throw new InvalidOperationException("The journal has stopped.");
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
        await using var command = new NpgsqlCommand(Insert, open)
        {
            Parameters =
            {
                new NpgsqlParameter<long> { TypedValue = DateTime.UtcNow.Ticks },
                new NpgsqlParameter<string> { TypedValue = writerId },
                Column(NpgsqlDbType.Text, events, written => written.PersistenceId),
                Column(NpgsqlDbType.Bigint, events, written => written.SequenceNumber),
                Column(NpgsqlDbType.Bytea, events, written => written.Message),
                Column(NpgsqlDbType.Text, events, written => written.Manifest),
                Column(NpgsqlDbType.Integer, events, written => written.Serializer),
            },
        };
        await command.PrepareAsync(); // once for each connection
        await command.ExecuteNonQueryAsync();
    }

    private static NpgsqlParameter<T[]> Column<T>(NpgsqlDbType type, Event[] events, Func<Event, T> value) =>
        new() { TypedValue = Array.ConvertAll(events, written => value(written)), NpgsqlDbType = NpgsqlDbType.Array | type };

    private readonly record struct Event(
        string PersistenceId, long SequenceNumber, byte[] Message, string Manifest, int Serializer);

    private sealed record Write(List<Event> Events, TaskCompletionSource Done);
}
