using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Rig;

namespace Moovolt.Faults.Network;

/// <summary>F-10: one node hears the others, and they do not hear it.</summary>
internal sealed class NotHeard : Partition
{
    public override string Id => "F-10";

    public override string Variant => "one-way";

    public override string What => "one of three is not heard by the others, and hears them";

    protected override TimeSpan MajorityServes => TimeSpan.FromSeconds(45);

    protected override void Cut(Links links, int minority)
    {
        for (var other = 0; other < links.Nodes; other++)
            if (other != minority) links[minority, other].Timeout = true;
    }
}

/// <summary>
/// F-10: one node does not reach the database. It can answer nobody: it takes no new chargers, and since others can
/// store it ends itself, so that what lived there goes to those who can.
/// </summary>
internal sealed class WithoutDatabase : Fault
{
    /// <summary>
    /// Nothing is stored for 10 s, others can for 10 s more, and then it leaves as well as one can that stores nothing.
    /// Its chargers do not wait for that: see what is allowed.
    /// </summary>
    private static readonly TimeSpan Ends = TimeSpan.FromSeconds(75);

    public override string Id => "F-10";

    public override string Variant => "database";

    public override string What => "one of three does not reach the database until it has ended";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(45);

    public override Wiring Wiring => Wiring.Database;

    public override async Task Strike(Scene scene)
    {
        var victim = scene.Choose(scene.Nodes);
        await scene.Sometime(TimeSpan.FromSeconds(3));
        scene.Mark($"{scene.Letter(victim)} without database");
        var line = scene.Theatre.DatabaseLines[scene.Index(victim)];
        (line.Up.Timeout, line.Down.Timeout) = (true, true);
        var since = DateTimeOffset.UtcNow;
        var ended = await Eventually.Is(() => victim.HasExited, Ends * scene.Slack);
        var took = (DateTimeOffset.UtcNow - since).TotalSeconds;
        scene.Measure("ended s", ended ? FormattableString.Invariant($"{took:0.0}") : "never");
        scene.Mark(ended ? $"{scene.Letter(victim)} ended" : $"{scene.Letter(victim)} lived on");
        scene.Theatre.HealDatabaseLines();
        if (!ended) throw new InvalidOperationException("A node that alone cannot store anything lived on.");
        await scene.StartAgain(victim);
    }
}
