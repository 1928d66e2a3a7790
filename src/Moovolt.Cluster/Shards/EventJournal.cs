using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;
using Npgsql;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// The plugin's journal, with two things done more cheaply on PostgreSQL: storing (<see cref="EventWriter"/>; the plugin
/// makes a new statement for every number of events, and PostgreSQL plans each anew), and asking how far a history goes,
/// which every transaction that begins asks of an empty one. Named in hocon/persistence.conf.
/// </summary>
public sealed class EventJournal : SqlWriteJournal
{
    private const string Highest = "select max(sequence_number) from journal where persistence_id = $1";

    private readonly ConcurrentDictionary<string, Task> writing = new(StringComparer.Ordinal);
    private readonly string connection;
    private readonly JournalLoad load;
    private readonly EventWriter? writer;

    public EventJournal(Config settings)
        : base(settings)
    {
        connection = settings.GetString("connection-string");
        load = JournalLoad.Of(Context.System);
        // This room knows no provider for SQLite: there the plugin does it all.
        if (!settings.GetString("provider-name").StartsWith("PostgreSQL", StringComparison.Ordinal)) return;
        writer = new EventWriter(
            Context.System.Serialization,
            connection,
            settings.GetInt("buffer-size"),
            settings.GetInt("batch-size"),
            settings.GetInt("parallelism"));
    }

    /// <returns>0 for a history that has not begun.</returns>
    public override async Task<long> ReadHighestSequenceNrAsync(
        string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        if (writer is null)
            return await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken);

        // What an entity that has gone is still storing is waited for, however it ends.
        if (writing.TryGetValue(persistenceId, out var write))
            await write.WaitAsync(cancellationToken).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);

        using var turn = await load.ReadAsync(cancellationToken);
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Highest, open) { Parameters = { new() { Value = persistenceId } } };
        return await command.ExecuteScalarAsync(cancellationToken) is long highest ? highest : 0;
    }

    protected override void PostStop()
    {
        base.PostStop();
        writer?.Stop();
    }

    protected override async Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToList(); // of one entity
        var write = load.Begin(writes[0].PersistenceId);
        try
        {
            var said = await (writer is null ? base.WriteMessagesAsync(writes, cancellationToken) : StoreAsync(writer, writes));
            if (said.Count > 0 && said.All(rejection => rejection is not null)) load.Rejected(write);
            else load.Stored(write); // null, or no word of it, is "stored"
            return said;
        }
        catch
        {
            load.Failed(write);
            throw;
        }
    }

    private Task<IImmutableList<Exception>> StoreAsync(EventWriter writer, List<AtomicWrite> writes)
    {
        var written = writer.WriteAsync(writes);
        var id = writes[0].PersistenceId;
        writing[id] = written;
        written.ContinueWith(
            done => writing.TryRemove(KeyValuePair.Create(id, (Task)done)),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return written!; // Akka's null is "stored"
    }
}
