using System.Diagnostics;
using Moovolt.Faults.Run;
using Moovolt.Rig;

namespace Moovolt.Faults.Stalls;

/// <summary>F-25: others take the processors, as many as there are.</summary>
internal sealed class ProcessorTaken : Fault
{
    private static readonly TimeSpan Length = TimeSpan.FromSeconds(60);

    public override string Id => "F-25";

    public override string What => "as many busy loops as there are processors, for 60 s";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(30);

    public override async Task Strike(Scene scene)
    {
        scene.Mark("busy");
        Process[] busy =
        [
            .. Enumerable.Range(0, Environment.ProcessorCount)
                .Select(_ => Children.Start(new ProcessStartInfo("sh", ["-c", "while :; do :; done"]))),
        ];
        await Task.Delay(Length);
        foreach (var loop in busy) Children.Kill(loop);
        MoovoltProcess[] ended = [.. scene.Nodes.Where(node => node.HasExited)];
        if (ended.Length > 0) await scene.StartAgain(ended);
        scene.Measure("given up", $"{ended.Length}");
    }
}
