using Akka.Actor;
using Moovolt.Domain;

namespace Moovolt.Cluster.Shards;

/// <summary>What an entity may reach outside of itself.</summary>
/// <param name="Tell">The way to other entities: <see cref="Entities.Tell(Command, long, IActorRef?)"/>.</param>
/// <param name="Stored">Says that the journal has grown; whoever reads it need not wait for its next look.</param>
/// <param name="Load">Whether the journal can take one more write.</param>
internal sealed record Neighbours(TellEntity Tell, Action Stored, JournalLoad Load);

/// <summary>Sends a command to its entity in the name of <paramref name="asker"/>.</summary>
internal delegate void TellEntity(Command command, long ticket, IActorRef? asker);

/// <summary>
/// Please go: the shard moves, or nobody has needed you for long. Handled after what is being stored is stored.
/// </summary>
internal sealed class Leave
{
    public static readonly Leave Now = new();

    private Leave()
    {
    }
}
