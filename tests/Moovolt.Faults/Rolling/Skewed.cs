using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;

namespace Moovolt.Faults.Rolling;

/// <summary>F-18: what the previous release has written is read by this one, all at once.</summary>
internal sealed class Skewed : Fault
{
    public override string Id => "F-18";

    public override string What => "all nodes of the previous release are killed, and this one reads what they wrote";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(60);

    public override Func<Task<Theatre>> OwnStage => PreviousBuild.Open;

    public override async Task Strike(Scene scene)
    {
        foreach (var node in scene.Nodes)
        {
            scene.Kill(node);
            node.Program = null;
        }

        await scene.StartAgain(scene.Nodes);
    }
}
