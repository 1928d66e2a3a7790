using System.Collections.Concurrent;
using Akka.Actor;
using Moovolt.Rig;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

/// <summary>Members of a cluster, all in this process: actor systems with ports of their own.</summary>
public abstract class MemberKit(ITestOutputHelper output) : IAsyncLifetime
{
    private readonly ConcurrentBag<ActorSystem> systems = [];

    protected ITestOutputHelper Output => output;

    public Task InitializeAsync() => Task.CompletedTask;

    public Task DisposeAsync() => Task.WhenAll(systems.Select(system => system.Terminate()));

    /// <summary>A node that has not joined yet.</summary>
    protected ActorSystem Start(params string[] overrides)
    {
        var system = ActorSystem.Create("moovolt", Hocon.Node([Hocon.Member, .. overrides]));
        systems.Add(system);
        return system;
    }

    /// <summary>Joins them to the first of them, and waits until all see all.</summary>
    protected static async Task Join(params ActorSystem[] members)
    {
        var first = Akka.Cluster.Cluster.Get(members[0]).SelfAddress;
        foreach (var member in members) Akka.Cluster.Cluster.Get(member).Join(first);
        foreach (var member in members) await Until(() => UpMembers(member) >= members.Length);
    }

    protected static int UpMembers(ActorSystem system) => Akka.Cluster.Cluster.Get(system).State.Members
        .Count(member => member.Status == Akka.Cluster.MemberStatus.Up);

    /// <summary>Waits until something is so; half a minute at most.</summary>
    protected static Task Until(Func<bool> condition) => Until(() => Task.FromResult(condition()));

    protected static async Task Until(Func<Task<bool>> condition) =>
        Assert.True(await Eventually.Is(condition, TimeSpan.FromSeconds(30)), "It did not come to be within 30 s.");

    /// <summary>Leaves as a node that is drained does.</summary>
    protected static Task LeaveCluster(ActorSystem member) =>
        CoordinatedShutdown.Get(member).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
}
