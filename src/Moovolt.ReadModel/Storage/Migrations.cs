using System.Data.Common;
using System.Net.Sockets;
using Microsoft.Extensions.Logging;
using Moovolt.ReadModel.Projection;
using Npgsql;

namespace Moovolt.ReadModel.Storage;

/// <summary>The database's schema is newer than this program. The message is for the operator.</summary>
public sealed class SchemaIsNewerException(string message) : InvalidOperationException(message);

/// <summary>
/// Brings the tables up to what this program needs, at every start: whichever node is first does it, the others wait
/// at the lock and find it done.
/// </summary>
public sealed class Migrations(Stores stores, ILogger<Migrations> log)
{
    /// <summary>"moov" in ASCII: one lock for all that changes the schema, or the journal's transaction ids.</summary>
    internal const long AdvisoryLock = 0x6d6f6f76;

    private static readonly TimeSpan RetryEvery = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan SayEvery = TimeSpan.FromSeconds(15);

    /// <summary>
    /// Waits for the database if it is not there yet, and says so; then runs what scripts are missing.
    /// </summary>
    /// <exception cref="SchemaIsNewerException">A newer program was here before.</exception>
    public async Task RunAsync(CancellationToken cancellation)
    {
        await WaitForDatabaseAsync(cancellation);
        await MigrateAsync(stores.Journal, Schema.OfTheJournal, cancellation);
        await MigrateAsync(stores.ReadModel, Schema.OfTheReadModel, cancellation);
        await RestoredJournal.AdoptAsync(stores, log, cancellation);
    }

    private async Task WaitForDatabaseAsync(CancellationToken cancellation)
    {
        var said = DateTimeOffset.MinValue;
        while (true)
        {
            try
            {
                await using var journal = await stores.Journal.OpenAsync(cancellation);
                await using var readModel = await stores.ReadModel.OpenAsync(cancellation);
                if (said != DateTimeOffset.MinValue)
                    log.LogInformation("The database {Database} is there", stores.Journal.Name);
                return;
            }
            catch (Exception e) when (IsAbsent(e))
            {
                if (DateTimeOffset.UtcNow - said >= SayEvery)
                {
                    said = DateTimeOffset.UtcNow;
                    log.LogWarning("Waiting for the database {Database}: {Reason}", stores.Journal.Name, e.Message);
                }

                await Task.Delay(RetryEvery, cancellation);
            }
        }
    }

    // Not there yet, not ready yet, not created yet. A wrong password is none of these: waiting does not mend it.
    private static bool IsAbsent(Exception e) => e switch
    {
        PostgresException postgres => postgres.SqlState is PostgresErrorCodes.InvalidCatalogName
            or PostgresErrorCodes.CannotConnectNow or PostgresErrorCodes.AdminShutdown
            or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.TooManyConnections,
        NpgsqlException or SocketException or TimeoutException => true,
        _ => false,
    };

    private async Task MigrateAsync(Database database, Schema schema, CancellationToken cancellation)
    {
        await using var connection = await database.OpenForLongWorkAsync(cancellation);
        if (database.Dialect == SqlDialect.Sqlite) await CheckDurabilityAsync(connection, database, cancellation);

        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        if (database.Dialect == SqlDialect.Postgres) await LockAsync(connection, transaction, log, cancellation);

        await connection.RunAsync(
            transaction,
            new Statement("create table if not exists schema_version (name text primary key, version bigint not null)"),
            cancellation);
        var has = await schema.ProgressAsync(connection, transaction, cancellation) ?? default;
        var scripts = schema.Scripts(database.Dialect);
        var knows = scripts[^1].Version;
        if (has.Demanded > knows)
        {
            throw new SchemaIsNewerException(
                $"The {schema.Name} schema in {database.Name} is version {has.Demanded}, and this program knows {knows} at "
                    + "most: "
                + "a newer moovolt was here. Run that one, or restore the backup from before it.");
        }

        foreach (var script in scripts.Where(script => script.Version > has.Reached))
        {
            await RunScriptAsync(connection, transaction, script.Sql, cancellation)
                .SaidAsync(log, $"script {script.Version:000} of the {schema.Name} schema");
            log.LogInformation(
                "Schema {Schema} of {Database} is now version {Version}", schema.Name, database.Name, script.Version);
        }

        await schema.NoteAsync(connection, transaction, has.After(scripts), cancellation);
        await transaction.CommitAsync(cancellation);
    }

    /// <summary>Waits, however long it takes, until no other node changes the schema; until the transaction ends.</summary>
    internal static Task<int> LockAsync(
        DbConnection connection, DbTransaction transaction, ILogger log, CancellationToken cancellation) =>
        connection.RunAsync(
                transaction, new Statement("select pg_advisory_xact_lock($1)", AdvisoryLock), cancellation)
            .SaidAsync(log, "waiting for another node, which is bringing the tables up to date");

    private static async Task<int> RunScriptAsync(
        DbConnection connection, DbTransaction transaction, string sql, CancellationToken cancellation)
    {
        await using var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // a script from our own assembly
        command.CommandText = sql;
#pragma warning restore CA2100
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    // What SQLite was asked for is not always what it does (a network file system has no WAL): read it back.
    private static async Task CheckDurabilityAsync(
        DbConnection connection, Database database, CancellationToken cancellation)
    {
        var mode = await connection.QueryAsync(
            null, new Statement("pragma journal_mode = wal"), reader => reader.GetString(0), cancellation);
        var synchronous = await connection.QueryAsync(
            null, new Statement("pragma synchronous"), reader => reader.GetInt64(0), cancellation);
        if (mode is ["wal"] && synchronous is [2]) return;
        throw new IOException(
            $"{database.Name} cannot be kept safely here: SQLite says journal_mode {string.Join(' ', mode)} and "
                + "synchronous "
            + $"{string.Join(' ', synchronous)} instead of wal and 2 (full). Put the data directory on a local disk.");
    }
}
