using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Rig;

namespace Moovolt.Faults.Rolling;

/// <summary>
/// F-17: nodes are started cold, in any order and at any distance, again and again: it is always one cluster, and each
/// kind has all its shards (akka.net issue 8583: a region that dies while the cluster is formed). Or the one that was
/// first, and has founded it, is heard by nobody: those that come then wait for it, and found no second one.
/// </summary>
internal sealed class ColdStarts(ColdStarts.Way way) : Fault
{
    private const int Times = 50;
    private const int TimesCutOff = 10;
    private const int TimesInShort = 3;

    private static readonly TimeSpan Unheard = TimeSpan.FromSeconds(15);

    public enum Way
    {
        AnyOrder,
        FirstCutOff,
    }

    public override string Id => "F-17";

    public override string Variant => way == Way.AnyOrder ? "any order" : "first cut off";

    public override string What => way == Way.AnyOrder
        ? $"{Times} cold starts of three nodes in any order"
        : $"{TimesCutOff} cold starts, and nobody hears the first of three for {Unheard.TotalSeconds:0} s";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(60);

    public override Load? Load => Stage.Load.None;

    public override Wiring Wiring => way == Way.AnyOrder ? Wiring.Direct : Wiring.Peers;

    public override async Task Strike(Scene scene)
    {
        var slowest = TimeSpan.Zero;
        var times = scene.IsShort ? TimesInShort : way == Way.AnyOrder ? Times : TimesCutOff;
        for (var time = 0; time < times; time++)
        {
            foreach (var node in scene.Nodes) node.Kill9();
            var begun = await Begin(scene, [.. scene.Nodes.OrderBy(_ => scene.Random.Next())]);
            await scene.Theatre.Supervise();
            await IsOne(scene);
            var took = DateTimeOffset.UtcNow - begun;
            if (took > slowest) slowest = took;
        }

        scene.Measure("slowest s", FormattableString.Invariant($"{slowest.TotalSeconds:0}"));
        if (slowest > Allowed * scene.Slack)
            throw new InvalidOperationException($"It took {slowest.TotalSeconds:0} s until there was one cluster.");
    }

    /// <returns>From when on nothing hinders them.</returns>
    private async Task<DateTimeOffset> Begin(Scene scene, IReadOnlyList<MoovoltProcess> order)
    {
        var begun = DateTimeOffset.UtcNow;
        if (way == Way.AnyOrder)
        {
            foreach (var node in order)
            {
                node.Start();
                await scene.Sometime(TimeSpan.FromSeconds(2));
            }

            return begun;
        }

        scene.Theatre.Links.Isolate(scene.Index(order[0]));
        // Behind proxies the dead of the last time seem to answer: it founds when their rows have been still for 90 s.
        await order[0].Start().Ready(TimeSpan.FromSeconds(150) * scene.Slack);
        foreach (var node in order.Skip(1)) node.Start();
        await Task.Delay(Unheard + TimeSpan.FromSeconds(2) * scene.Random.NextDouble());
        foreach (var node in order.Skip(1))
            if (await node.Answers("/healthz/ready"))
                throw new InvalidOperationException("A second cluster was founded beside one that nobody hears.");
        scene.Theatre.Links.Heal();
        return DateTimeOffset.UtcNow;
    }

    private static async Task IsOne(Scene scene)
    {
        // A member that is not heard for a moment has another leader for as long; two clusters have two for ever.
        async Task<bool> Agree()
        {
            var leaders = new HashSet<string>();
            foreach (var node in scene.Nodes) leaders.Add(await Leader(node));
            return leaders.Count == 1;
        }

        if (!await Eventually.Is(Agree, TimeSpan.FromSeconds(60)))
            throw new InvalidOperationException("There is more than one cluster.");
    }

    private static async Task<string> Leader(MoovoltProcess node)
    {
        var picture = await Eventually.Get(
            () => node.Api.Get("cluster"),
            seen => seen["members"] is { } members && Kinds.All(kind => members.AsArray().Sum(member =>
                member!["shards"]?[kind]?["shards"]?.GetValue<int>() ?? 0) == 100),
            TimeSpan.FromSeconds(60));
        return picture["leader"]!.GetValue<string>();
    }

    private static readonly string[] Kinds = ["charge-point", "transaction", "token"];
}
