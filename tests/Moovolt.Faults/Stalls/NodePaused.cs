using Moovolt.Faults.Run;
using Moovolt.Rig;

namespace Moovolt.Faults.Stalls;

/// <summary>
/// F-11: a node stands still as a whole (a stall of its machine) and then goes on as if nothing had been. Short ones
/// are sat out; after long ones the others have taken over, and what it still wants to write is rejected.
/// </summary>
internal sealed class NodePaused(NodePaused.Pause pause) : Fault
{
    public enum Pause
    {
        TwoSeconds = 2,
        EightSeconds = 8,
        ThirtySeconds = 30,
        TwoMinutes = 120,
    }

    private TimeSpan Length => TimeSpan.FromSeconds((int)pause);

    public override string Id => "F-11";

    public override string Variant => $"{(int)pause} s";

    public override string What => "one of three stands still";

    /// <summary>
    /// 30 s after its end, or after the charger has given it up: by OCPP's own time-out of 30 s, twice, and then it
    /// dials another node.
    /// </summary>
    public override TimeSpan Allowed => TimeSpan.FromSeconds(30 + Math.Min((int)pause, 60));

    public override bool InTests => pause == Pause.EightSeconds;

    public override async Task Strike(Scene scene)
    {
        var victim = scene.Choose(scene.Nodes);
        await scene.Sometime(TimeSpan.FromSeconds(3));
        scene.Mark($"{scene.Letter(victim)} stands still");
        victim.Tell(Signal.Stop);
        await Task.Delay(Length);
        victim.Tell(Signal.Continue);
        scene.Mark($"{scene.Letter(victim)} goes on");
        // Given up, it ends by itself as soon as it hears of it.
        await Eventually.Is(() => victim.HasExited, TimeSpan.FromSeconds(15));
        if (victim.HasExited) await scene.StartAgain(victim);
        else await scene.Theatre.Cluster.Sees(scene.Nodes.Count, TimeSpan.FromSeconds(30));
    }
}
