using System.Data.Common;
using Npgsql;

namespace Moovolt.ReadModel.Storage;

/// <summary>A database on a PostgreSQL server, the journal and the read model in one.</summary>
public sealed class PostgresDatabase : Database
{
    private readonly NpgsqlDataSource source;

    /// <param name="connectionString">Npgsql's; what it does not say about preparing statements is set here.</param>
    public PostgresDatabase(string connectionString)
    {
        var settings = new NpgsqlConnectionStringBuilder(connectionString);
        if (settings.MaxAutoPrepare == 0) settings.MaxAutoPrepare = 100; // the projector repeats some forty statements
        if (settings.ApplicationName is null) settings.ApplicationName = "moovolt";
        Name = $"{settings.Database} on {settings.Host}:{settings.Port}";
        source = NpgsqlDataSource.Create(settings);
    }

    public override SqlDialect Dialect => SqlDialect.Postgres;

    public override string Name { get; }

    public override async ValueTask<DbConnection> OpenAsync(CancellationToken cancellation) =>
        await source.OpenConnectionAsync(cancellation);

    public override ValueTask DisposeAsync() => source.DisposeAsync();
}
