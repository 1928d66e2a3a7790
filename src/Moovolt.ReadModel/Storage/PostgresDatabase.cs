using System.Data.Common;
using Npgsql;

namespace Moovolt.ReadModel.Storage;

/// <summary>A database on a PostgreSQL server, the journal and the read model in one.</summary>
public sealed class PostgresDatabase : Database
{
    private readonly NpgsqlDataSource source;

    /// <param name="connectionString">Npgsql's; what it does not say is <see cref="Complete"/>d.</param>
    public PostgresDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(Complete(connectionString));
        Name = $"{settings.Database} on {settings.Host}:{settings.Port}";
        source = NpgsqlDataSource.Create(settings);
    }

    /// <summary>The connection string with what all that this program does in PostgreSQL has in common.</summary>
    public static string Complete(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 100; // the projector repeats some forty statements
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

    public override ValueTask DisposeAsync() => source.DisposeAsync();
}
