using System.Data.Common;
using Npgsql;

namespace Moovolt.ReadModel.Storage;

/// <summary>A database on a PostgreSQL server, the journal and the read model in one.</summary>
public sealed class PostgresDatabase : Database
{
    /// <summary>
    /// Connections that a node opens at most for its journal, and as many again for its tables. With the five of the
    /// probe and the members' book four nodes fit into PostgreSQL's own limit of 100; Npgsql's limit of 100 would let one node take all
    /// of them when it comes back and reads a thousand histories, and the others could then store nothing.
    /// </summary>
    public const int Connections = 9;

    /// <summary>
    /// Of those for the tables, how many are kept for the doors: a charger's handshake must not wait for the lists that
    /// people look at. One writes what is observed, and a look at a credential takes about a millisecond.
    /// </summary>
    public const int ConnectionsOfTheDoors = 3;

    /// <summary>All that a node may open: for journal and tables, two for the probe, three for the members' book.</summary>
    public const int ConnectionsOfANode = (2 * Connections) + 2 + 3;

    private readonly NpgsqlDataSource source;
    private readonly string forLongWork;

    /// <param name="connectionString">Npgsql's; what it does not say is <see cref="Complete"/>d.</param>
    /// <param name="connections">At most; null: as the connection string says.</param>
    public PostgresDatabase(string connectionString, int? connections = null)
    {
        var settings = new NpgsqlConnectionStringBuilder(Complete(connectionString));
        if (connections is { } most) settings.MaxPoolSize = most;
        Name = $"{settings.Database} on {settings.Host}:{settings.Port}";
        source = NpgsqlDataSource.Create(settings);
        forLongWork = ForLongWork(settings);
    }

    /// <summary>How many connections the connection string allows a pool, <see cref="Connections"/> when it does not say.</summary>
    public static int Allowed(string connectionString) =>
        new NpgsqlConnectionStringBuilder(Complete(connectionString)).MaxPoolSize;

    /// <summary>The connection string with what all that this program does in PostgreSQL has in common.</summary>
    public static string Complete(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 100; // the projector repeats some forty statements
        if (!settings.ShouldSerialize("Maximum Pool Size")) settings.MaxPoolSize = Connections;
        if (settings.ApplicationName is null) settings.ApplicationName = "moovolt";
        // Nothing of ours outlives its transaction in a session (locks are the transaction's), so there is nothing to
        // undo when a connection goes back to its pool: measured, as many resets as journal transactions.
        settings.NoResetOnClose = true;
        return settings.ConnectionString;
    }

    public override SqlDialect Dialect => SqlDialect.Postgres;

    public override string Name { get; }

    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellation) =>
        await source.OpenConnectionAsync(cancellation);

    internal override async ValueTask<DbConnection> OpenForLongWorkAsync(CancellationToken cancellation)
    {
        var connection = new NpgsqlConnection(forLongWork);
        try
        {
            await connection.OpenAsync(cancellation);
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    public override ValueTask DisposeAsync() => source.DisposeAsync();

    // Of no pool: it is closed when the work is done. No time ends a statement, so the keep-alive must notice a server
    // that is gone without a word.
    private static string ForLongWork(NpgsqlConnectionStringBuilder settings)
    {
        var longWork = new NpgsqlConnectionStringBuilder(settings.ConnectionString)
        {
            Pooling = false,
            CommandTimeout = 0,
            TcpKeepAlive = true,
            TcpKeepAliveTime = 30,
            TcpKeepAliveInterval = 10,
        };
        return longWork.ConnectionString;
    }
}
