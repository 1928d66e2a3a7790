using System.Collections.Concurrent;
using Akka.Actor;
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
        foreach (var member in members) await Eventually(() => UpMembers(member) >= members.Length);
    }

    protected static int UpMembers(ActorSystem system) => Akka.Cluster.Cluster.Get(system).State.Members
        .Count(member => member.Status == Akka.Cluster.MemberStatus.Up);

    protected static Task Eventually(Func<bool> condition, int seconds = 30) =>
        Eventually(() => Task.FromResult(condition()), seconds);

    protected static async Task Eventually(Func<Task<bool>> condition, int seconds = 30)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(seconds));
        while (!await condition()) await Task.Delay(50, patience.Token);
    }

    /// <summary>Leaves as a node that is drained does.</summary>
    protected static Task LeaveCluster(ActorSystem member) =>
        CoordinatedShutdown.Get(member).Run(CoordinatedShutdown.ClusterLeavingReason.Instance);
}
