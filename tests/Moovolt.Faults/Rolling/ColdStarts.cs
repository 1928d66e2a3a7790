using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Rig;

namespace Moovolt.Faults.Rolling;

/// <summary>
/// F-17: nodes are started cold, in any order and at any distance, again and again: it is always one cluster, and each
/// kind has all its shards (akka.net issue 8583: a region that dies while the cluster is formed).
/// </summary>
internal sealed class ColdStarts : Fault
{
    private const int Times = 50;

    public override string Id => "F-17";

    public override string What => $"{Times} cold starts of three nodes in any order";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(60);

    public override Load? Load => Stage.Load.None;

    public override async Task Strike(Scene scene)
    {
        var slowest = TimeSpan.Zero;
        for (var time = 0; time < Times; time++)
        {
            foreach (var node in scene.Nodes) node.Kill9();
            var begun = DateTimeOffset.UtcNow;
            foreach (var node in scene.Nodes.OrderBy(_ => scene.Random.Next()))
            {
                node.Start();
                await scene.Sometime(TimeSpan.FromSeconds(2));
            }

            await scene.Theatre.Supervise();
            await IsOne(scene);
            var took = DateTimeOffset.UtcNow - begun;
            if (took > slowest) slowest = took;
        }

        scene.Measure("slowest s", FormattableString.Invariant($"{slowest.TotalSeconds:0}"));
    }

    private static async Task IsOne(Scene scene)
    {
        var leaders = new HashSet<string>();
        foreach (var node in scene.Nodes)
        {
            var picture = await Eventually.Get(
                () => node.Api.Get("cluster"),
                seen => seen["members"] is { } members && Kinds.All(kind => members.AsArray().Sum(member =>
                    member!["shards"]?[kind]?["shards"]?.GetValue<int>() ?? 0) == 100),
                TimeSpan.FromSeconds(60));
            leaders.Add(picture["leader"]!.GetValue<string>());
        }

        if (leaders.Count != 1) throw new InvalidOperationException($"There are {leaders.Count} clusters.");
    }

    private static readonly string[] Kinds = ["charge-point", "transaction", "token"];
}
