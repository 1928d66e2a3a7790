using Moovolt.Faults.Checker;
using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Rig;

namespace Moovolt.Faults.Network;

/// <summary>
/// F-09 and F-10: one node and the others do not hear each other, or only in one direction. The two go on; the one
/// notices that it is alone, stops serving and ends, and its supervisor starts it anew when the line is good again.
/// </summary>
internal abstract class Partition : Fault
{
    private static readonly TimeSpan MinorityEnds = TimeSpan.FromSeconds(25);

    public override TimeSpan Allowed => TimeSpan.FromSeconds(45);

    public override Wiring Wiring => Wiring.Peers;

    /// <summary>How long the two may take until they serve everything.</summary>
    protected virtual TimeSpan MajorityServes => TimeSpan.FromSeconds(25);

    private readonly HashSet<string> _majority = [];

    protected abstract void Cut(Links links, int minority);

    public override async Task Strike(Scene scene)
    {
        var minority = scene.Choose(scene.Nodes);
        foreach (var node in scene.Nodes.Where(node => node != minority)) _majority.Add((await Theatre.Look(node)).Self);
        await scene.Sometime(TimeSpan.FromSeconds(3));
        scene.Mark($"{scene.Letter(minority)} is cut off");
        var since = DateTimeOffset.UtcNow;
        Cut(scene.Theatre.Links, scene.Index(minority));
        var ended = await Eventually.Is(() => minority.HasExited, MinorityEnds * scene.Slack * 2);
        var took = DateTimeOffset.UtcNow - since;
        scene.Measure("minority ended s", ended ? FormattableString.Invariant($"{took.TotalSeconds:0.0}") : "never");
        scene.Mark(ended ? $"{scene.Letter(minority)} ended" : $"{scene.Letter(minority)} did not end");
        scene.Theatre.Links.Heal();
        if (!ended || took > MinorityEnds * scene.Slack)
            throw new InvalidOperationException($"The minority ended after {took.TotalSeconds:0} s, or never.");
        await scene.StartAgain(minority);
    }

    public override Task<IReadOnlyList<string>> Judge(Scene scene, Evidence evidence)
    {
        var served = Waits.Of(evidence.SamplesAt(_majority));
        scene.Measure("majority's gap s", FormattableString.Invariant($"{served.Longest.TotalSeconds:0.0}"));
        return Task.FromResult<IReadOnlyList<string>>(served.Longest > MajorityServes * scene.Slack
            ? [$"Chargers of the majority waited {served.Longest.TotalSeconds:0.0} s: {served.Worst}."]
            : []);
    }
}

/// <summary>F-09: in both directions.</summary>
internal sealed class CutOff : Partition
{
    public override string Id => "F-09";

    public override string What => "one of three is cut off from the others, in both directions";

    public override bool InTests => true;

    protected override void Cut(Links links, int minority) => links.Isolate(minority);
}
