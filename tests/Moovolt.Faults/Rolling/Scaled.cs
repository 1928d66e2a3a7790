using Moovolt.Faults.Run;
using Moovolt.Rig;

namespace Moovolt.Faults.Rolling;

/// <summary>F-16: three nodes become five, and then two of the five leave, and one more.</summary>
internal sealed class Scaled : Leaving
{
    public override string Id => "F-16";

    public override string What => "three nodes become five, and then two";

    public override async Task Strike(Scene scene)
    {
        MoovoltProcess[] more = [scene.Theatre.Join(), scene.Theatre.Join()];
        scene.Mark("two more");
        foreach (var node in more) await node.Ready(TimeSpan.FromSeconds(120));
        await scene.Theatre.Cluster.Sees(5, TimeSpan.FromSeconds(60));
        await scene.Theatre.Spread();
        scene.Mark("shards are spread");
        foreach (var node in more) await Leave(scene, node);
        var last = scene.Choose(scene.Nodes.Take(3).ToList());
        await Leave(scene, last);
        await Task.Delay(TimeSpan.FromSeconds(10));
        foreach (var node in more) await scene.Theatre.Part(node);
        await scene.StartAgain(last);
    }
}
