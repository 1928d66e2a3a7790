using System.Globalization;
using Akka.Configuration;

namespace Moovolt.Node;

/// <summary>
/// The configuration of this node: <c>hocon/</c>, what goes with its database, and the environment over both.
/// </summary>
internal static class NodeConfig
{
    /// <param name="settings">The environment.</param>
    /// <param name="journal">The journal's connection string.</param>
    public static Config Build(NodeSettings settings, string journal)
    {
        var shipped = HoconFiles.Load(settings.Database is null ? "alone.conf" : "clustered.conf", settings.ConfigFile);
        return ConfigurationFactory.ParseString(OfThisNode(settings, journal)).WithFallback(shipped);
    }

    // Akka.NET's HOCON loses a default beside an absent ${?VARIABLE}, so the environment is laid over here.
    private static string OfThisNode(NodeSettings settings, string journal)
    {
        var remoting = settings.Database is null
            ? ""
            : $"""
              akka.remote.dot-netty.tcp.hostname = "0.0.0.0"
              akka.remote.dot-netty.tcp.public-hostname = {Quote(settings.RemotingHost)}
              akka.remote.dot-netty.tcp.port = {settings.RemotingPort.ToString(CultureInfo.InvariantCulture)}
              """;
        return $"""
            {remoting}
            akka.cluster.roles = [{string.Join(", ", settings.Roles.Order(StringComparer.Ordinal).Select(Quote))}]
            akka.persistence.journal.sql.connection-string = {Quote(journal)}
            akka.persistence.snapshot-store.sql.connection-string = {Quote(journal)}
            moovolt.gateway.dev = {(settings.Dev ? "on" : "off")}
            moovolt.gateway.unknown-tokens = {(settings.Dev ? "accept" : "refuse")}
            """;
    }

    private static string Quote(string text) =>
        "\"" + text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)
            + "\"";
}
