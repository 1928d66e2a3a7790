using Akka.Configuration;
using Microsoft.Data.Sqlite;
using Moovolt.Rig;
using Npgsql;

namespace Moovolt.Cluster.Tests;

/// <summary>The configuration that nodes run with, as files; and what tests lay over it.</summary>
internal static class Hocon
{
    /// <summary>No network, no database: entities by themselves, stored in memory.</summary>
    public const string InMemory = """
        akka.actor.provider = local
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        akka.coordinated-shutdown.exit-clr = off
        akka.loglevel = WARNING
        akka.test.single-expect-default = 30s
        """;

    /// <summary>A member on any free port; it must not end the process of the tests.</summary>
    public const string Member = """
        akka.remote.dot-netty.tcp.hostname = "127.0.0.1"
        akka.remote.dot-netty.tcp.port = 0
        akka.cluster.roles = [entities, projections]
        akka.persistence.journal.plugin = "akka.persistence.journal.inmem"
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.inmem"
        akka.coordinated-shutdown.exit-clr = off
        akka.loglevel = WARNING
        moovolt.entities.find-shard-homes-after = 1s
        """;

    /// <summary>Stored in a SQLite file, with the tables that we ship.</summary>
    public static string Sqlite(string file)
    {
        using var connection = new SqliteConnection($"Data Source={file}");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = Tables("Sqlite");
        command.ExecuteNonQuery();
        return Stored("SQLite.MS", $"Data Source={file}", parallelism: 1);
    }

    /// <summary>Stored in a PostgreSQL database, with the tables that we ship.</summary>
    public static async Task<string> Postgres(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(Tables("Postgres"));
        await command.ExecuteNonQueryAsync();
        return Stored("PostgreSQL.15", database, parallelism: 3);
    }

    public static Config Node(params string[] overrides) => overrides
        .Reverse()
        .Select(text => ConfigurationFactory.ParseString(text))
        .Concat(new[] { "persistence", "sharding", "cluster", "serialization" }.Select(File))
        .Aggregate((upper, lower) => upper.WithFallback(lower));

    public static Config File(string name) => ConfigurationFactory.ParseString(
        System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", $"{name}.conf")));

    private static string Tables(string database) => System.IO.File.ReadAllText(
        Path.Combine(Tree.Root, "src", "Moovolt.Journal", "Schema", database, "001-journal.sql"));

    private static string Stored(string provider, string connection, int parallelism) => $"""
        akka.persistence.journal.plugin = "akka.persistence.journal.sql"
        akka.persistence.journal.sql.provider-name = "{provider}"
        akka.persistence.journal.sql.connection-string = "{connection}"
        akka.persistence.journal.sql.parallelism = {parallelism}
        akka.persistence.snapshot-store.plugin = "akka.persistence.snapshot-store.sql"
        akka.persistence.snapshot-store.sql.provider-name = "{provider}"
        akka.persistence.snapshot-store.sql.connection-string = "{connection}"
        """;
}
