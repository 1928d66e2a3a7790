using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Moovolt.ReadModel.Storage;

/// <summary>
/// A statement and its values, $1 first: the same text on both databases. A projection is a function from an event to
/// these, so it can be read, and a thousand of them go to PostgreSQL in one round trip.
/// </summary>
internal readonly record struct Statement(string Sql, params object?[] Values)
{
    /// <summary>How PostgreSQL does it for many rows at once; null when only one by one.</summary>
    public ManyRows? Many { get; init; }
}

/// <summary>The few ways in which SQL is run here.</summary>
internal static class Statements
{
    /// <summary>How many statements go to PostgreSQL at once; more gain nothing and hold the buffers.</summary>
    private const int Chunk = 500;

    /// <summary>
    /// Runs the statements in order. Within a transaction when one is given; its connection must be idle.
    /// </summary>
    public static async Task RunAsync(
        this DbConnection connection, DbTransaction? transaction,
        IReadOnlyList<Statement> statements, CancellationToken cancellation)
    {
        if (connection is NpgsqlConnection postgres)
        {
            foreach (var chunk in statements.Chunk(Chunk))
            {
                await using var batch = new NpgsqlBatch(postgres, (NpgsqlTransaction?)transaction);
                foreach (var statement in chunk)
                {
                    var command = new NpgsqlBatchCommand(statement.Sql);
                    foreach (var value in statement.Values)
                        command.Parameters.Add(new NpgsqlParameter { Value = Storable(value) });
                    batch.BatchCommands.Add(command);
                }

                await batch.ExecuteNonQueryAsync(cancellation);
            }

            return;
        }

        await RunOnSqliteAsync((SqliteConnection)connection, (SqliteTransaction?)transaction, statements, cancellation);
    }

    /// <summary>Runs one statement; how many rows it changed.</summary>
    public static async Task<int> RunAsync(
        this DbConnection connection, DbTransaction? transaction, Statement statement, CancellationToken cancellation)
    {
        await using var command = Prepare(connection, transaction, statement);
        return await command.ExecuteNonQueryAsync(cancellation);
    }

    public static async Task<List<T>> QueryAsync<T>(
        this DbConnection connection, DbTransaction? transaction,
        Statement statement, Func<DbDataReader, T> read, CancellationToken cancellation)
    {
        await using var command = Prepare(connection, transaction, statement);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var rows = new List<T>();
        while (await reader.ReadAsync(cancellation)) rows.Add(read(reader));
        return rows;
    }

    /// <summary>Runs the statements in a transaction of their own.</summary>
    public static async Task RunAsync(
        this Database database, IReadOnlyList<Statement> statements, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        await RunTogetherAsync(connection, statements, cancellation);
    }

    /// <summary>As <see cref="RunAsync(Database, IReadOnlyList{Statement}, CancellationToken)"/>, on whole tables.</summary>
    /// <returns>How many statements that were.</returns>
    public static async Task<int> RunForLongAsync(
        this Database database, IReadOnlyList<Statement> statements, CancellationToken cancellation)
    {
        await using var connection = await database.OpenForLongWorkAsync(cancellation);
        await RunTogetherAsync(connection, statements, cancellation);
        return statements.Count;
    }

    public static async Task<List<T>> QueryAsync<T>(
        this Database database, Statement statement, Func<DbDataReader, T> read, CancellationToken cancellation)
    {
        await using var connection = await database.OpenAsync(cancellation);
        return await connection.QueryAsync(null, statement, read, cancellation);
    }

    private static async Task RunTogetherAsync(
        DbConnection connection, IReadOnlyList<Statement> statements, CancellationToken cancellation)
    {
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await connection.RunAsync(transaction, statements, cancellation);
        await transaction.CommitAsync(cancellation);
    }

    private static async Task RunOnSqliteAsync(
        SqliteConnection connection, SqliteTransaction? transaction,
        IReadOnlyList<Statement> statements, CancellationToken cancellation)
    {
        var prepared = new Dictionary<string, DbCommand>(StringComparer.Ordinal);
        try
        {
            foreach (var statement in statements)
            {
                if (!prepared.TryGetValue(statement.Sql, out var command))
                {
                    prepared.Add(statement.Sql, command = Prepare(connection, transaction, statement));
                }
                else
                {
                    for (var i = 0; i < statement.Values.Length; i++)
                        command.Parameters[i].Value = Storable(statement.Values[i]);
                }

                await command.ExecuteNonQueryAsync(cancellation);
            }
        }
        finally
        {
            foreach (var command in prepared.Values) await command.DisposeAsync();
        }
    }

    private static DbCommand Prepare(DbConnection connection, DbTransaction? transaction, Statement statement)
    {
        var command = connection.CreateCommand();
        command.Transaction = transaction;
#pragma warning disable CA2100 // every text is a constant of this room; what varies is in the values
        command.CommandText = statement.Sql;
#pragma warning restore CA2100
        for (var i = 0; i < statement.Values.Length; i++)
        {
            DbParameter parameter = connection is NpgsqlConnection
                ? new NpgsqlParameter { Value = Storable(statement.Values[i]) }
                : new SqliteParameter($"${i + 1}", Storable(statement.Values[i]));
            command.Parameters.Add(parameter);
        }

        return command;
    }

    internal static object Storable(object? value) => value switch
    {
        null => DBNull.Value,
        string text => Text(text),
        string?[] texts => Array.ConvertAll(texts, text => text is null ? null : Text(text)),
        DateTimeOffset time => Instants.Store(time),
        int number => (long)number,
        _ => value,
    };

    // PostgreSQL keeps no NUL, and neither keeps half a surrogate pair; a charger may send both, and no charger may
    // stop the projector.
    private static string Text(string text)
    {
        var wellFormed = !text.Contains('\0', StringComparison.Ordinal);
        for (var i = 0; wellFormed && i < text.Length; i++)
        {
            if (!char.IsSurrogate(text[i])) continue;
            wellFormed = i + 1 < text.Length && char.IsSurrogatePair(text[i], text[i + 1]);
            i++;
        }

        return wellFormed
            ? text
            : string.Concat(text.EnumerateRunes().Select(rune => rune.Value == 0 ? "\uFFFD" : rune.ToString()));
    }
}
