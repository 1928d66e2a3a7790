using Moovolt.Faults.Checker;
using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Rig;

namespace Moovolt.Faults.Rolling;

/// <summary>
/// A node leaves as it is asked to (SIGTERM): its chargers move once, and of those whose sockets are elsewhere none
/// waits longer than a second.
/// </summary>
internal abstract class Leaving : Fault
{
    protected static readonly TimeSpan ToLeave = TimeSpan.FromSeconds(120);

    private readonly List<(DateTimeOffset From, DateTimeOffset To, string Node)> _left = [];

    /// <summary>A charger's way to another node, with its back-off of 1 to 3 s.</summary>
    public override TimeSpan Allowed => TimeSpan.FromSeconds(15);

    /// <summary>For those whose sockets are on other nodes.</summary>
    protected virtual TimeSpan Elsewhere => TimeSpan.FromSeconds(1);

    /// <summary>SIGTERM, and waits until it has ended.</summary>
    protected async Task Leave(Scene scene, MoovoltProcess node)
    {
        var (self, _) = await Theatre.Look(node);
        scene.Mark($"{scene.Letter(node)} leaves");
        var from = DateTimeOffset.UtcNow;
        var code = await node.Terminate(ToLeave);
        _left.Add((from, DateTimeOffset.UtcNow, self));
        scene.Mark($"{scene.Letter(node)} has left");
        if (code != 0) throw new InvalidOperationException($"It left with {code}.");
    }

    public override Task<IReadOnlyList<string>> Judge(Scene scene, Evidence evidence)
    {
        List<string> breaches = [];
        var elsewhere = Waits.Of(
            from message in evidence.Since
            from leave in _left
            where message.Happened >= leave.From && message.Happened <= leave.To
            let node = evidence.Sessions.NodeOf(message.Station, leave.From)
            where node is not null && node != leave.Node && evidence.Sessions.NodeOf(message.Station, leave.To) == node
            select message);
        scene.Measure("elsewhere s", FormattableString.Invariant($"{elsewhere.Longest.TotalSeconds:0.00}"));
        if (elsewhere.Longest > Elsewhere * scene.Slack)
            breaches.Add($"Chargers that were elsewhere waited {elsewhere.Longest.TotalSeconds:0.0} s: {elsewhere.Worst}.");

        var most = scene.Crowd.Chargers.Max(charger => evidence.Sessions.Opened(charger.Id, evidence.Struck, evidence.Over));
        scene.Measure("reconnects at most", $"{most} of {_left.Count} leaves");
        if (most > _left.Count) breaches.Add($"A charger was moved {most} times by {_left.Count} leaves.");
        return Task.FromResult<IReadOnlyList<string>>(breaches);
    }
}
