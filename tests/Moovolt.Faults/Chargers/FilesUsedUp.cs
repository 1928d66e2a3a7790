using System.Net;
using System.Net.WebSockets;
using Moovolt.Faults.Run;
using Moovolt.Rig;
using Moovolt.Simulator;

namespace Moovolt.Faults.Chargers;

/// <summary>
/// F-26: a node may open 600 files, and 700 more chargers dial it. It turns away whom it cannot take, keeps those that
/// it has, and takes new ones when there is room.
/// </summary>
internal sealed class FilesUsedUp : Fault
{
    public override string Id => "F-26";

    public override string What => "a node with room for 600 files is dialled by 700 more chargers";

    /// <summary>Those of the node come back to another one after it was started anew with its limit.</summary>
    public override TimeSpan Allowed => TimeSpan.FromSeconds(20);

    public override bool HalfLoad => true;

    /// <summary>How often somebody dials who looks at the answer.</summary>
    private const int Dials = 20;

    public override async Task Strike(Scene scene)
    {
        var node = scene.Choose((await scene.Theatre.ByAge()).Others);
        scene.Mark($"{scene.Letter(node)} is limited");
        await node.Terminate(TimeSpan.FromSeconds(120));
        node.Under = ["prlimit", "--nofile=600"];
        await scene.StartAgain(node);
        await using (var more = Fleet.Start(new FleetPlan
        {
            Nodes = [scene.Theatre.Addresses[scene.Index(node)]],
            Chargers = 700,
            Prefix = $"{scene.Crowd.Prefix[..3]}files-",
            Ramp = TimeSpan.FromSeconds(10),
            Behaviour = new ChargerBehaviour { Workload = Workload.Idle, StaysOnNode = true },
        }))
        {
            await Task.Delay(TimeSpan.FromSeconds(25));
            scene.Measure("taken of 700", $"{more.Snapshot().Connected}");
            await TurnsAway(scene, node);
            if (node.HasExited) throw new InvalidOperationException("The node has ended.");
        }

        scene.Mark("they are gone");
        await Scene.Until(() => node.Answers("/healthz/ready"), TimeSpan.FromSeconds(60), "it takes connections again");
        node.Under = [];
        await node.Terminate(TimeSpan.FromSeconds(120));
        await scene.StartAgain(node);
    }

    /// <summary>Whoever it cannot take hears so at once, in HTTP's words (503).</summary>
    private static async Task TurnsAway(Scene scene, MoovoltProcess node)
    {
        var refused = 0;
        for (var dial = 0; dial < Dials; dial++)
        {
            using var socket = new ClientWebSocket();
            socket.Options.AddSubProtocol("ocpp1.6");
            socket.Options.CollectHttpResponseDetails = true;
            using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(10));
            try
            {
                var address = new Uri(node.Ocpp, $"{scene.Crowd.Prefix[..3]}one-more-{dial}");
                await socket.ConnectAsync(address, patience.Token);
            }
            catch (Exception no) when (no is WebSocketException or OperationCanceledException)
            {
                if (socket.HttpStatusCode == HttpStatusCode.ServiceUnavailable) refused++;
            }
        }

        scene.Measure("refused with 503", $"{refused} of {Dials}");
        if (refused < Dials / 2)
            throw new InvalidOperationException($"Only {refused} of {Dials} were told that it is full.");
    }
}
