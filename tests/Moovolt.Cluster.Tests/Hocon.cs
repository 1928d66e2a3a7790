using Akka.Configuration;

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
        akka.test.single-expect-default = 10s
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

    public static Config Node(params string[] overrides) => overrides
        .Reverse()
        .Select(text => ConfigurationFactory.ParseString(text))
        .Concat(new[] { "persistence", "sharding", "cluster", "serialization" }.Select(File))
        .Aggregate((upper, lower) => upper.WithFallback(lower));

    public static Config File(string name) => ConfigurationFactory.ParseString(
        System.IO.File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "hocon", $"{name}.conf")));
}
