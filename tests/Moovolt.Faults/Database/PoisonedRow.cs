using System.Net;
using Moovolt.Faults.Run;
using Moovolt.Rig;
using Moovolt.Simulator;

namespace Moovolt.Faults.Database;

/// <summary>
/// F-19: bytes of one stored event and all snapshots of the crowd are spoilt, and then everything is read anew. The one
/// charge point waits for somebody to mend it; all others come back, by their whole history.
/// </summary>
internal sealed class PoisonedRow : Fault
{
    public override string Id => "F-19";

    public override string What => "an event of one charger, and all snapshots of the others, are spoilt; all starts anew";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(60);

    public override async Task Strike(Scene scene)
    {
        var prefix = $"X{scene.Crowd.Prefix}";
        await using var poisoned = Fleet.Start(new FleetPlan
        {
            Nodes = [.. scene.Theatre.Addresses],
            Chargers = 1,
            Prefix = prefix,
            Behaviour = new ChargerBehaviour { Workload = Workload.Idle, BootsOnReconnect = true },
        });
        var victim = poisoned.Chargers[0];
        await Scene.Until(() => Task.FromResult(victim.IsOnline), TimeSpan.FromSeconds(30), "the victim is there");
        await scene.Theatre.CaughtUp(); // what people look at has read it while it was good

        scene.Mark("rows are spoilt");
        await scene.Theatre.Sql($"""
            UPDATE journal SET message = '\xffffffffff'
            WHERE persistence_id = 'charge-point/{victim.Id}' AND sequence_number = 1
            """);
        await scene.Theatre.Sql($"""
            UPDATE snapshot SET snapshot = '\xffffffffff'
            WHERE starts_with(persistence_id, 'charge-point/{scene.Crowd.Prefix}')
            """);
        foreach (var node in scene.Nodes) scene.Kill(node);
        await scene.StartAgain(scene.Nodes);

        if (await Eventually.Is(() => victim.IsOnline, TimeSpan.FromSeconds(20)))
            throw new InvalidOperationException("A charge point whose history cannot be read was taken for whole.");
        if (scene.Nodes.Any(node => node.HasExited)) throw new InvalidOperationException("A node has ended.");
        await IsVisible(scene, victim.Id);
    }

    // An operator who asks something of it is told why not, and where: no table has an opinion of its own.
    private static async Task IsVisible(Scene scene, string victim)
    {
        var unreadable = $"The history of charge-point/{victim} cannot be read";
        var answer = await Eventually.Get(
            () => scene.Nodes[0].Api.Post($"charge-points/{victim}/commands/clear-cache", new { }),
            said => said.Status == HttpStatusCode.Conflict,
            TimeSpan.FromSeconds(30));
        if (!answer.Text.Contains(unreadable, StringComparison.Ordinal))
            throw new InvalidOperationException($"An operator is not told what is wrong: {answer}");
        string[] said =
        [
            .. scene.Theatre.Cluster.Printed.Split('\n')
                .Where(line => line.Contains("cannot be read beyond row", StringComparison.Ordinal)),
        ];
        if (said.Length == 0) throw new InvalidOperationException("No node has printed what is wrong.");
        if (said.FirstOrDefault(line => !line.Contains(unreadable, StringComparison.Ordinal)) is { } other)
            throw new InvalidOperationException($"More than one is affected: {other}");
    }
}
