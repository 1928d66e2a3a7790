using Akka.Actor;
using Akka.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Cluster.Oldest;

/// <summary>A session that counts as online.</summary>
public sealed record OnlineSession(ChargePointId ChargePoint, long Epoch);

/// <summary>A member that holds sockets.</summary>
/// <param name="Node">Its address in the cluster.</param>
/// <param name="Incarnation">Which run of the program there: Akka's unique address uid.</param>
public sealed record Holder(string Node, long Incarnation);

/// <summary>
/// Ends the sessions whose member is gone: crashed, or started anew. A member that is merely unreachable still lives;
/// only what the cluster has removed is gone, and the minority of a split removes nobody.
/// </summary>
/// <param name="holders">Which members hold sessions that count as online; asked every two seconds, so it is short.</param>
/// <param name="sessionsOf">What one of them holds; asked only of those that are gone.</param>
public sealed class Presence(
    ActorSystem system,
    Entities entities,
    Func<CancellationToken, Task<IReadOnlyList<Holder>>> holders,
    Func<Holder, CancellationToken, Task<IReadOnlyList<OnlineSession>>> sessionsOf,
    TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    public Loop Loop => new("presence", Run);

    private async Task Run(CancellationToken cancellation)
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        var missing = new HashSet<Holder>();
        using var timer = new PeriodicTimer(Look, time);
        do
        {
            if (!cluster.IsUp) continue;

            // Read first, looked up after: a member that joins in between is known by then. And twice in a row, since
            // what we hear of the cluster may be a moment old.
            var now = (await holders(cancellation)).Where(holder => !IsThere(holder, cluster.State)).ToHashSet();
            foreach (var gone in now.Where(missing.Contains))
            {
                foreach (var session in await sessionsOf(gone, cancellation))
                {
                    entities.Tell(new CloseSession(
                        session.ChargePoint, session.Epoch, SessionEnd.NodeLost, time.GetUtcNow()));
                }
            }

            missing = now;
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private static bool IsThere(Holder holder, ClusterEvent.CurrentClusterState state) =>
        state.Members.Any(member =>
        member.UniqueAddress.Uid == holder.Incarnation &&
        member.Address.ToString() == holder.Node &&
        member.Status is not (MemberStatus.Down or MemberStatus.Removed));
}
