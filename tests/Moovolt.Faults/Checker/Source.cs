using System.Data.Common;
using Microsoft.Data.Sqlite;
using Npgsql;

namespace Moovolt.Faults.Checker;

/// <summary>Where the checker reads what is stored and what is shown: PostgreSQL, or the two files of a node alone.</summary>
/// <param name="Journal">The connection string of the journal.</param>
/// <param name="Tables">Of what people look at; on PostgreSQL the same.</param>
internal sealed record Source(string Journal, string Tables)
{
    /// <summary>Each question has a line of its own: one of before a crash would break the first question after it.</summary>
    public static Source Postgres(string connection) => new($"{connection};Pooling=false", $"{connection};Pooling=false");

    /// <param name="data">The data directory of the node.</param>
    public static Source Sqlite(string data) => new(
        $"Data Source={Path.Combine(data, "journal.db")};Mode=ReadOnly;Pooling=False",
        $"Data Source={Path.Combine(data, "read-model.db")};Mode=ReadOnly;Pooling=False");

    /// <summary>Reads rows, one after the other. The statement is understood by both, and has one parameter, $1.</summary>
    public static async IAsyncEnumerable<DbDataReader> Read(string connection, string statement, string parameter)
    {
        await using DbConnection line = connection.StartsWith("Data Source", StringComparison.Ordinal)
            ? new SqliteConnection(connection) : new NpgsqlConnection(connection);
        await line.OpenAsync();
        await using var command = line.CreateCommand();
        command.CommandText = statement;
        command.Parameters.Add(command is NpgsqlCommand
            ? new NpgsqlParameter { Value = parameter } : new SqliteParameter("$1", parameter));
        await using var rows = await command.ExecuteReaderAsync();
        while (await rows.ReadAsync()) yield return rows;
    }
}
