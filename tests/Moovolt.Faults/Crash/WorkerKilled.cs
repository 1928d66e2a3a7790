using System.Collections.Immutable;
using Moovolt.Faults.Checker;
using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Simulator;

namespace Moovolt.Faults.Crash;

/// <summary>
/// F-01 and F-02: one of three nodes is gone by kill -9 and comes back after a while. Its chargers come back elsewhere,
/// its shards are served again within 20 s, and whoever had nothing to do with it hardly notices.
/// </summary>
internal abstract class OneKilled : Fault
{
    private static readonly TimeSpan Away = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan ShardsBack = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan Around = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan Unnoticed = TimeSpan.FromSeconds(2);

    /// <summary>Of the full load, in the whole run, and in the ten seconds around the kill.</summary>
    private const int AcknowledgedAtLeast = 3_000;
    private const int AroundAtLeast = 300;

    private string _victim = "";
    private Homes? _homes;

    public override TimeSpan Allowed => TimeSpan.FromSeconds(30);

    public override bool InTests => true;

    /// <summary>Each version has as much to lose as the others.</summary>
    public override ImmutableArray<Protocol> Protocols => Crowd.Thirds;

    /// <summary>The one that runs the singletons and the shard coordinators, and not one of the others.</summary>
    protected abstract bool Oldest { get; }

    public override async Task Strike(Scene scene)
    {
        var (oldest, others) = await scene.Theatre.ByAge();
        var victim = Oldest ? oldest : scene.Choose(others);
        var (self, member) = await Theatre.Look(victim);
        (_victim, _homes) = (self, new Homes(member));
        await scene.Sometime(TimeSpan.FromSeconds(3));
        scene.Kill(victim);
        scene.Measure("killed", scene.Letter(victim));
        await Task.Delay(Away);
        await scene.StartAgain(victim);
    }

    public override async Task<IReadOnlyList<string>> Judge(Scene scene, Evidence evidence)
    {
        var others = new HashSet<string>();
        foreach (var node in scene.Nodes) others.Add((await Theatre.Look(node)).Self);
        others.Remove(_victim);

        List<string> breaches = [];
        var killed = scene.Marks.First(mark => mark.What.StartsWith("kill", StringComparison.Ordinal)).At;
        var after = evidence.SamplesAt(others).ToList();
        var during = after.Where(message => message.Happened < killed + Away).ToList();
        // Whom it did not touch must not feel it at any time, also not while the node comes back and is given shards.
        var unconcerned = _homes!.Without(during, evidence.Ledger.Sessions) // it has struck
            .Select(message => message.Station).ToHashSet();
        var elsewhere = after.Where(message => unconcerned.Contains(message.Station)).ToList();
        var untouched = Waits.Of(elsewhere);
        scene.Measure("untouched samples", $"{elsewhere.Count}");
        scene.Measure("untouched p99 s", $"{untouched.P99.TotalSeconds:0.00}");
        if (untouched.P99 >= Unnoticed * scene.Slack)
            breaches.Add($"Chargers that had nothing to do with it waited: p99 {untouched.P99.TotalSeconds:0.0} s.");
        // Until it comes back: then shards move to it again, which is another thing (a planned one).
        var moved = Waits.Of(during);
        scene.Measure("shards back s", $"{moved.Longest.TotalSeconds:0.0}");
        if (moved.Longest > ShardsBack * scene.Slack)
            breaches.Add($"A shard was away for {moved.Longest.TotalSeconds:0.0} s: {moved.Worst}.");
        Reconnects(scene, evidence);
        Acknowledged(scene, evidence, killed, breaches);
        return breaches;
    }

    private void Reconnects(Scene scene, Evidence evidence)
    {
        int Of(bool theirs) => scene.Crowd.Chargers
            .Where(charger => evidence.Sessions.NodeOf(charger.Id, evidence.Struck) == _victim == theirs)
            .Sum(charger => evidence.Sessions.Opened(charger.Id, evidence.Struck, evidence.Over));
        scene.Measure("reconnects", $"{Of(theirs: true)} of its chargers, {Of(theirs: false)} of others");
    }

    // A run in which little happened proves little; and each version has its own messages to lose.
    private static void Acknowledged(Scene scene, Evidence evidence, DateTimeOffset killed, List<string> breaches)
    {
        var share = scene.Load.Replies / Load.Full.Replies;
        var all = evidence.Ledger.Acknowledged.Count;
        var around = evidence.Ledger.Acknowledged.Count(message => (message.Wall - killed).Duration() <= Around);
        scene.Measure("acked in the 10 s around", $"{around}");
        if (all < AcknowledgedAtLeast * share) breaches.Add($"No more than {all} messages were acknowledged.");
        if (around < AroundAtLeast * share) breaches.Add($"No more than {around} were acknowledged around the kill.");
        foreach (var version in Crowd.Thirds.Select(protocol => protocol.Subprotocol()))
        {
            var verdict = evidence.Of(version);
            var acked = evidence.Ledger.Of(version).Acknowledged.Count;
            scene.Measure($"of {version}", $"{acked} acked, {verdict.WattHours.Truth} Wh");
            if (!verdict.IsGood) breaches.Add($"{version}: {verdict}");
            if (acked < all / 4) breaches.Add($"No more than {acked} of {all} messages were in {version}.");
        }
    }
}

/// <summary>F-01.</summary>
internal sealed class WorkerKilled : OneKilled
{
    public override string Id => "F-01";

    public override string What => "kill -9 of one of three, back after 20 s";

    protected override bool Oldest => false;
}
