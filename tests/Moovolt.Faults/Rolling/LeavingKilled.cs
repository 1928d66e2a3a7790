using Moovolt.Faults.Run;
using Moovolt.Rig;

namespace Moovolt.Faults.Rolling;

/// <summary>
/// F-31: a node that is leaving is killed while it hands its shards over, again and again, a little later each time or
/// a little earlier, and each time once the last one is over: all shards are there and shared out. Nobody waits for it
/// longer than a hand-over may take (akka.net issue 8865).
/// </summary>
internal sealed class LeavingKilled : Fault
{
    private const int Times = 20;

    public override string Id => "F-31";

    public override string What => $"a leaving node is killed 0 to 5 s later, {Times} times";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(35);

    public override async Task Strike(Scene scene)
    {
        for (var time = 0; time < Times; time++)
        {
            var node = scene.Choose(scene.Nodes);
            scene.Mark($"{scene.Letter(node)} leaves");
            node.Tell(Signal.Terminate);
            await scene.Sometime(TimeSpan.FromSeconds(5));
            scene.Kill(node);
            await Task.Delay(TimeSpan.FromSeconds(10));
            await scene.StartAgain(node);
            await scene.Theatre.Spread();
        }
    }
}
