using System.Collections.Concurrent;
using System.Collections.Immutable;
using Akka.Configuration;
using Akka.Persistence;
using Akka.Persistence.Sql.Journal;
using Npgsql;

namespace Moovolt.Cluster.Shards;

/// <summary>
/// The plugin's journal, with one question asked more cheaply: how far a history goes. Every transaction that begins
/// asks it of an empty history, and the plugin makes, translates and runs an expression tree for it. Named in
/// hocon/persistence.conf.
/// </summary>
public sealed class EventJournal(Config settings) : SqlWriteJournal(settings)
{
    private const string Highest = "select max(sequence_number) from journal where persistence_id = $1";

    private readonly ConcurrentDictionary<string, Task> writing = new(StringComparer.Ordinal);
    private readonly string connection = settings.GetString("connection-string");
    private readonly bool postgres =
        settings.GetString("provider-name").StartsWith("PostgreSQL", StringComparison.Ordinal);

    /// <returns>0 for a history that has not begun.</returns>
    public override async Task<long> ReadHighestSequenceNrAsync(
        string persistenceId, long fromSequenceNr, CancellationToken cancellationToken)
    {
        // What an entity that has gone is still storing must be waited for, and the plugin does. On SQLite it
        // asks too: this room knows no provider for it.
        if (!postgres || writing.ContainsKey(persistenceId))
            return await base.ReadHighestSequenceNrAsync(persistenceId, fromSequenceNr, cancellationToken);

        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync(cancellationToken);
        await using var command = new NpgsqlCommand(Highest, open) { Parameters = { new() { Value = persistenceId } } };
        return await command.ExecuteScalarAsync(cancellationToken) is long highest ? highest : 0;
    }

    protected override Task<IImmutableList<Exception>> WriteMessagesAsync(
        IEnumerable<AtomicWrite> messages, CancellationToken cancellationToken)
    {
        var writes = messages.ToList();
        var written = base.WriteMessagesAsync(writes, cancellationToken);
        var id = writes[0].PersistenceId;
        writing[id] = written;
        written.ContinueWith(
            done => writing.TryRemove(KeyValuePair.Create(id, done)),
            CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        return written;
    }
}
