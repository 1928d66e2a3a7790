using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Rig;

namespace Moovolt.Faults.Network;

/// <summary>F-27: lines between nodes are clogged one after the other, and unclogged in another order.</summary>
internal sealed class SwizzleClog : Fault
{
    public override string Id => "F-27";

    public override string What => "lines between nodes clogged one by one, and unclogged in another order";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(60);

    public override Wiring Wiring => Wiring.Peers;

    public override async Task Strike(Scene scene)
    {
        var links = scene.Theatre.Links;
        List<(int From, int To)> ways =
        [
            .. from one in Enumerable.Range(0, scene.Nodes.Count)
               from other in Enumerable.Range(0, scene.Nodes.Count)
               where one != other
               select (one, other),
        ];
        var clogged = ways.OrderBy(_ => scene.Random.Next()).Take(4).ToList();
        foreach (var (from, to) in clogged)
        {
            scene.Mark($"clog {from}>{to}");
            links[from, to].Timeout = true;
            await scene.Sometime(TimeSpan.FromSeconds(3));
        }

        foreach (var (from, to) in clogged.OrderBy(_ => scene.Random.Next()))
        {
            links[from, to].Timeout = false;
            await scene.Sometime(TimeSpan.FromSeconds(3));
        }

        scene.Mark("unclogged");
        // Whoever was given up ends, and is started anew by its supervisor.
        await Eventually.Is(() => scene.Nodes.Any(node => node.HasExited), TimeSpan.FromSeconds(20));
        MoovoltProcess[] ended = [.. scene.Nodes.Where(node => node.HasExited)];
        if (ended.Length > 0) await scene.StartAgain(ended);
    }
}
