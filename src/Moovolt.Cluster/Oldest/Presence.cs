using Akka.Actor;
using Akka.Cluster;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Cluster.Oldest;

/// <summary>A session that counts as online, and the member that holds its socket.</summary>
/// <param name="Node">That member's address in the cluster.</param>
/// <param name="Incarnation">Which run of the program there: Akka's unique address uid.</param>
public sealed record OnlineSession(ChargePointId ChargePoint, long Epoch, string Node, long Incarnation);

/// <summary>
/// Ends the sessions whose member is gone: crashed, or started anew. A member that is merely unreachable still lives;
/// only what the cluster has removed is gone, and the minority of a split removes nobody.
/// </summary>
public sealed class Presence(
    ActorSystem system,
    Entities entities,
    Func<CancellationToken, Task<IReadOnlyList<OnlineSession>>> online,
    TimeProvider time)
{
    private static readonly TimeSpan Look = TimeSpan.FromSeconds(2);

    public Loop Loop => new("presence", Run);

    private async Task Run(CancellationToken cancellation)
    {
        var cluster = Akka.Cluster.Cluster.Get(system);
        var missing = new HashSet<OnlineSession>();
        using var timer = new PeriodicTimer(Look, time);
        do
        {
            if (!cluster.IsUp) continue;

            // Read first, looked up after: a member that joins in between is known by then. And twice in a row, since
            // what we hear of the cluster may be a moment old.
            var sessions = await online(cancellation);
            var now = sessions.Where(session => !IsHeld(session, cluster.State)).ToHashSet();
            foreach (var session in now.Where(missing.Contains))
            {
                entities.Tell(new CloseSession(
                    session.ChargePoint, session.Epoch, SessionEnd.NodeLost, time.GetUtcNow()));
            }

            missing = now;
        }
        while (await timer.WaitForNextTickAsync(cancellation));
    }

    private static bool IsHeld(OnlineSession session, ClusterEvent.CurrentClusterState state) =>
        state.Members.Any(member =>
        member.UniqueAddress.Uid == session.Incarnation &&
        member.Address.ToString() == session.Node &&
        member.Status is not (MemberStatus.Down or MemberStatus.Removed));
}
