using Moovolt.Faults.Run;
using Moovolt.Rig;

namespace Moovolt.Faults.Rolling;

/// <summary>
/// F-16: three nodes become five, one after the other, and then two of the five leave, and one more. In between they serve
/// for a while: on the two cores that all share, a program that has just started is still being compiled.
/// </summary>
internal sealed class Scaled : Leaving
{
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(20);

    public override string Id => "F-16";

    public override string What => "three nodes become five, and then two";

    public override async Task Strike(Scene scene)
    {
        List<MoovoltProcess> more = [];
        while (more.Count < 2)
        {
            more.Add(scene.Theatre.Join());
            scene.Mark("one more");
            await more[^1].Ready(TimeSpan.FromSeconds(120));
            await scene.Theatre.Cluster.Sees(3 + more.Count, TimeSpan.FromSeconds(60));
            await scene.Theatre.Spread();
            scene.Mark("shards are spread");
        }

        await Task.Delay(Between);
        foreach (var node in more) await Leave(scene, node);
        var last = scene.Choose(scene.Nodes.Take(3).ToList());
        await Leave(scene, last);
        await Task.Delay(TimeSpan.FromSeconds(10));
        foreach (var node in more) await scene.Theatre.Part(node);
        await scene.StartAgain(last);
    }
}
