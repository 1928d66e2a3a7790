using Npgsql;

namespace Moovolt.Cluster.Joining;

/// <summary>
/// What the members of a cluster tell each other, and are told, through the database that they share. A node on SQLite
/// has none: it is by itself.
/// </summary>
public sealed class ClusterBook : IAsyncDisposable
{
    /// <summary>Never change it: old and new programs must exclude each other.</summary>
    private const long SchemaLock = 7_001_001;

    private readonly NpgsqlDataSource? database;

    /// <param name="connectionString">Npgsql's; null for a node that is by itself.</param>
    public ClusterBook(string? connectionString)
    {
        if (connectionString is null) return;
        var settings = Settings(connectionString);
        database = NpgsqlDataSource.Create(settings);
        Place = PlaceOf(settings);
    }

    /// <summary>False for a node that is by itself.</summary>
    public bool IsShared => database is not null;

    /// <summary>Which database it is, for people.</summary>
    internal string Place { get; } = "nowhere";

    internal NpgsqlDataSource Database => database
        ?? throw new InvalidOperationException("A node by itself shares no database.");

    /// <summary>Makes the tables that are not there yet; cheap when they are.</summary>
    public Task CreateIfAbsent(CancellationToken cancellation) => CreateIfAbsent(Database, cancellation);

    public ValueTask DisposeAsync() => database?.DisposeAsync() ?? ValueTask.CompletedTask;

    /// <summary>What is written here is small and must not wait for what entities store: a pool of its own.</summary>
    internal static NpgsqlConnectionStringBuilder Settings(string connectionString) => new(connectionString)
    {
        ApplicationName = "moovolt members",
        MaxPoolSize = 3,
        Timeout = 5,
        CommandTimeout = 10,
    };

    internal static string PlaceOf(NpgsqlConnectionStringBuilder settings) =>
        $"{settings.Host}:{settings.Port}/{settings.Database}";

    internal static async Task CreateIfAbsent(NpgsqlDataSource database, CancellationToken cancellation)
    {
        await using var script = typeof(ClusterBook).Assembly.GetManifestResourceStream("cluster.sql")
            ?? throw new InvalidOperationException("cluster.sql is not in the assembly.");
        using var reader = new StreamReader(script);
        await using var connection = await database.OpenConnectionAsync(cancellation);
        await using var transaction = await connection.BeginTransactionAsync(cancellation);
        await Lock(connection, SchemaLock, cancellation);
        await using var create = new NpgsqlCommand(await reader.ReadToEndAsync(cancellation), connection);
        await create.ExecuteNonQueryAsync(cancellation);
        await transaction.CommitAsync(cancellation);
    }

    internal static async Task Lock(NpgsqlConnection connection, long key, CancellationToken cancellation)
    {
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(@key)", connection);
        command.Parameters.AddWithValue("key", key);
        await command.ExecuteNonQueryAsync(cancellation);
    }
}
