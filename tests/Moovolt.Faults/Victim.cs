using Moovolt.Rig;

namespace Moovolt.Faults;

/// <summary>Which node of three is killed.</summary>
public enum Victim
{
    /// <summary>The one that founded the cluster.</summary>
    Founder,

    /// <summary>The one on which the shard coordinators and singletons run; the founder has left and come back before.</summary>
    Coordinator,

    /// <summary>One that is neither.</summary>
    Another,
}

internal static class Victims
{
    public static async Task<MoovoltProcess> Find(this MoovoltCluster cluster, Victim victim)
    {
        var oldest = await Oldest(cluster);
        if (victim == Victim.Another) return cluster.Nodes.First(node => node != oldest);
        if (victim == Victim.Founder) return oldest;

        await oldest.Terminate(TimeSpan.FromSeconds(100));
        await oldest.Start().Ready(TimeSpan.FromSeconds(90));
        await cluster.Sees(cluster.Nodes.Count, TimeSpan.FromSeconds(60));
        return await Oldest(cluster);
    }

    private static async Task<MoovoltProcess> Oldest(MoovoltCluster cluster)
    {
        foreach (var node in cluster.Nodes)
        {
            var picture = await node.Api.Get("cluster");
            if (picture["self"]!.GetValue<string>() == picture["oldest"]?.GetValue<string>()) return node;
        }

        throw new InvalidOperationException("No node is the oldest.");
    }
}
