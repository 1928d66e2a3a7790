using Moovolt.Faults.Run;

namespace Moovolt.Faults.Crash;

/// <summary>F-03: all nodes at once, and all of them started again at once.</summary>
internal sealed class AllKilled : Fault
{
    public override string Id => "F-03";

    public override string What => "kill -9 of all three, all started again at once";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(60);

    public override async Task Strike(Scene scene)
    {
        await scene.Sometime(TimeSpan.FromSeconds(3));
        foreach (var node in scene.Nodes) scene.Kill(node);
        await scene.StartAgain(scene.Nodes);
    }
}
