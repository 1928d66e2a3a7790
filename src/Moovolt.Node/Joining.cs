using Akka.Actor;
using Moovolt.Cluster.Joining;

namespace Moovolt.Node;

/// <summary>Which way this node finds its cluster: seeds that an operator named, the database, or nobody.</summary>
internal static class Joining
{
    public static Task JoinAsync(ActorSystem system, NodeSettings settings, CancellationToken cancellation) =>
        settings switch
    {
        { Database: null } => Formation.Alone(system, cancellation),
        { Seeds.Count: > 0 } => Formation.WithSeeds(system, settings.Seeds, cancellation),
        { Database: { } database } => Formation.ThroughDatabase(system, database, cancellation),
    };
}
