using System.Data.Common;
using System.Globalization;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;
using Moovolt.Domain;
using Moovolt.Journal;
using Moovolt.ReadModel.ChargePoints;
using Moovolt.ReadModel.Changes;
using Moovolt.ReadModel.ChargingProfiles;
using Moovolt.ReadModel.Clock;
using Moovolt.ReadModel.Commands;
using Moovolt.ReadModel.CompositeSchedules;
using Moovolt.ReadModel.DataTransfers;
using Moovolt.ReadModel.Configuration;
using Moovolt.ReadModel.LocalLists;
using Moovolt.ReadModel.Projection;
using Moovolt.ReadModel.Reservations;
using Moovolt.ReadModel.Storage;
using Moovolt.ReadModel.Tokens;
using Moovolt.ReadModel.Transactions;

namespace Moovolt.ReadModel.Tests;

/// <summary>Migrated stores, the entities that write to them, a projector and the tables: all that a test needs.</summary>
public sealed class Stage : IAsyncDisposable
{
    private readonly Dictionary<string, long> sequenceNumbers = [];
    private readonly Func<ValueTask> cleanUp;
    private int written;

    private Stage(Stores stores, Func<ValueTask> cleanUp)
    {
        Stores = stores;
        this.cleanUp = cleanUp;
        Projector = new Projector(stores, Clock, NullLogger<Projector>.Instance);
    }

    public static readonly DateTimeOffset Noon = new(2026, 3, 14, 12, 0, 0, TimeSpan.Zero);

    public Stores Stores { get; }
    public FakeTimeProvider Clock { get; } = new(Noon);
    public InMemoryEntities Entities { get; } = new();
    public Projector Projector { get; }

    public ChargePointTable ChargePoints => new(Stores.ReadModel);
    public TransactionTable Transactions => new(Stores.ReadModel);
    public TokenTable Tokens => new(Stores.ReadModel);
    public CommandTable Commands => new(Stores.ReadModel);
    public ChargingProfileTable ChargingProfiles => new(Stores.ReadModel);
    public CompositeScheduleTable CompositeSchedules => new(Stores.ReadModel);
    public DataTransferTable DataTransfers => new(Stores.ReadModel);
    public ConfigurationTable Configuration => new(Stores.ReadModel);
    public LocalListTable LocalLists => new(Stores.ReadModel);
    public ReservationTable Reservations => new(Stores.ReadModel);
    public ChangeTable Changes => new(Stores.ReadModel);
    public Due Due => new(Stores.ReadModel);
    public Presence Presence => new(Stores.ReadModel);
    public Freshness Freshness => new(Stores, Clock);

    public static async Task<Stage> OnSqliteAsync()
    {
        var path = Directory.CreateTempSubdirectory("moovolt-test-").FullName;
        var directory = DataDirectory.Open(path);
        var stores = Stores.OnSqlite(directory);
        await MigrateAsync(stores);
        return new Stage(stores, () =>
        {
            directory.Dispose();
            Directory.Delete(path, recursive: true);
            return ValueTask.CompletedTask;
        });
    }

    public static async Task<Stage> OnPostgresAsync(string connectionString)
    {
        var stores = Stores.OnPostgres(connectionString);
        await MigrateAsync(stores);
        return new Stage(stores, () => ValueTask.CompletedTask);
    }

    public static Task MigrateAsync(Stores stores) =>
        new Migrations(stores, NullLogger<Migrations>.Instance).RunAsync(CancellationToken.None);

    /// <summary>Has the entities take a command, stores what they journal, and projects it.</summary>
    public async Task<Reply?> TellAsync(Command command)
    {
        var reply = Entities.Tell(command);
        await StoreAsync();
        await Projector.CatchUpAsync(CancellationToken.None);
        return reply;
    }

    /// <summary>Stores what the entities have journaled since.</summary>
    public async Task StoreAsync()
    {
        await using var connection = await Stores.Journal.OpenAsync(CancellationToken.None);
        await using var transaction = await connection.BeginTransactionAsync();
        for (; written < Entities.Journal.Count; written++)
        {
            var (persistenceId, @event) = Entities.Journal[written];
            await StoreAsync(connection, transaction, persistenceId, @event);
        }

        await transaction.CommitAsync();
    }

    /// <summary>Stores an event as the journal plugin does.</summary>
    public Task StoreAsync(DbConnection connection, DbTransaction? transaction, string persistenceId, object @event) =>
        StoreAsync(connection, transaction, persistenceId, JournalFormat.ManifestOf(@event), JournalFormat.Write(@event));

    public async Task StoreAsync(
        DbConnection connection, DbTransaction? transaction, string persistenceId, string manifest, byte[] message)
    {
        var sequenceNumber = sequenceNumbers[persistenceId] = sequenceNumbers.GetValueOrDefault(persistenceId) + 1;
        await connection.RunAsync(
            transaction,
            new Statement(
                """
                insert into journal (created, deleted, persistence_id, sequence_number, message, manifest, identifier, writer_uuid)
                values ($1, $2, $3, $4, $5, $6, 7001, 'test')
                """,
                Clock.GetUtcNow().UtcTicks, false, persistenceId, sequenceNumber, message, manifest),
            CancellationToken.None);
    }

    /// <summary>All that is projected, table by table and row by row, as text: to be compared.</summary>
    public async Task<string> DumpAsync()
    {
        var text = new System.Text.StringBuilder();
        await using var connection = await Stores.ReadModel.OpenAsync(CancellationToken.None);
        // Changes have new ids after a rebuild, on purpose.
        foreach (var table in Projections.Tables.Where(table => table != "changes"))
        {
            var rows = await connection.QueryAsync(
                null, new Statement($"select * from {table}"), Row, CancellationToken.None);
            text.AppendLine(table).AppendJoin('\n', rows.Order(StringComparer.Ordinal)).AppendLine();
        }

        return text.ToString();
    }

    public async ValueTask DisposeAsync()
    {
        Projector.Dispose();
        await Stores.DisposeAsync();
        await cleanUp();
    }

    private static string Row(DbDataReader reader) => string.Join(" | ", Enumerable.Range(0, reader.FieldCount)
        .Select(column => Convert.ToString(reader.GetValue(column), CultureInfo.InvariantCulture)));
}
