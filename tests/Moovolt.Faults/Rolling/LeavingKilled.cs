using Moovolt.Faults.Run;
using Moovolt.Rig;

namespace Moovolt.Faults.Rolling;

/// <summary>
/// F-31: a node that is leaving is killed while it hands its shards over, again and again, a little later each time or
/// a little earlier, and each time once the last one is over: all shards are there and shared out, and nothing that
/// happened before waits any more. Nobody waits for it longer than a hand-over may take (akka.net issue 8865).
/// </summary>
internal sealed class LeavingKilled : Fault
{
    private const int Times = 20;
    private const int TimesInShort = 3;

    /// <summary>As of any node that is killed: longer than its shards take to be served elsewhere.</summary>
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(20);

    /// <summary>Nothing older waits when the last one is over: else one message would wait for two of them.</summary>
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    public override string Id => "F-31";

    public override string What => $"a leaving node is killed 0 to 5 s later, {Times} times";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(35);

    public override async Task Strike(Scene scene)
    {
        for (var time = 0; time < (scene.IsShort ? TimesInShort : Times); time++)
        {
            var node = scene.Choose(scene.Nodes);
            scene.Mark($"{scene.Letter(node)} leaves");
            node.Tell(Signal.Terminate);
            await scene.Sometime(TimeSpan.FromSeconds(5));
            scene.Kill(node);
            await Task.Delay(Away);
            await scene.StartAgain(node);
            await scene.Theatre.Spread();
            await Scene.Until(
                () => Task.FromResult(scene.Crowd.OldestWait < Fresh), Allowed * scene.Slack, "nobody waits any more");
        }
    }
}
