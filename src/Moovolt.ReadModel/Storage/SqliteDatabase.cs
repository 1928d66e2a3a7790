using System.Data.Common;
using Microsoft.Data.Sqlite;

namespace Moovolt.ReadModel.Storage;

/// <summary>One SQLite file, in WAL mode; every commit is on the disk before it is a commit.</summary>
public sealed class SqliteDatabase(string file) : Database
{
    private readonly string connectionString = new SqliteConnectionStringBuilder { DataSource = file }.ToString();

    public override SqlDialect Dialect => SqlDialect.Sqlite;

    public override string Name => file;

    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellation)
    {
        var connection = new SqliteConnection(connectionString);
        try
        {
            await connection.OpenAsync(cancellation);
            // SQLite's own waiting for the one writer is finer than the provider's, which sleeps 150 ms at a time.
            using var pragmas = connection.CreateCommand();
            pragmas.CommandText = "pragma busy_timeout = 10000; pragma synchronous = full";
            await pragmas.ExecuteNonQueryAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override ValueTask DisposeAsync()
    {
        using var connection = new SqliteConnection(connectionString);
        SqliteConnection.ClearPool(connection);
        return ValueTask.CompletedTask;
    }
}
