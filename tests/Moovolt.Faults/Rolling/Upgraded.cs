using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;

namespace Moovolt.Faults.Rolling;

/// <summary>
/// F-15: a cluster of the release before this one becomes one of this one, node by node under load, with both in it for
/// a while. The way back is another row: a cluster that was upgraded by one node goes back.
/// </summary>
internal sealed class Upgraded(Upgraded.Way way) : Leaving
{
    private static readonly TimeSpan Mixed = TimeSpan.FromMinutes(2);

    public enum Way
    {
        Upgrade,
        Rollback,
    }

    public override string Id => "F-15";

    public override string Variant => $"{way}".ToLowerInvariant();

    public override string What => way == Way.Upgrade
        ? "the previous release becomes this one, node by node"
        : "one node of the previous release becomes this one, and goes back";

    /// <summary>Those that leave are of the previous release, which hands all its shards over in one moment.</summary>
    protected override TimeSpan Elsewhere => Allowed;

    public override Func<Task<Theatre>> OwnStage => PreviousBuild.Open;

    public override async Task Strike(Scene scene)
    {
        var before = await PreviousBuild.Program();
        var nodes = scene.Nodes.OrderBy(_ => scene.Random.Next()).Take(way == Way.Upgrade ? 3 : 1).ToList();
        foreach (var node in nodes)
        {
            await Leave(scene, node);
            node.Program = null;
            await scene.StartAgain(node);
            await scene.Theatre.Spread();
            if (node == nodes[0]) await Task.Delay(scene.IsShort ? Mixed / 4 : Mixed);
        }

        if (way == Way.Upgrade) return;
        await Leave(scene, nodes[0]);
        nodes[0].Program = before;
        await scene.StartAgain(nodes[0]);
    }
}
