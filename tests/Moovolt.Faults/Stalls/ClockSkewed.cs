using Moovolt.Faults.Run;

namespace Moovolt.Faults.Stalls;

/// <summary>F-20: the clock of one node is five minutes ahead or behind, or an hour behind, of everybody else's.</summary>
internal sealed class ClockSkewed(ClockSkewed.By by) : Fault
{
    private const string Library = "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1";

    public enum By
    {
        Ahead = 300,
        Behind = -300,
        AnHourBehind = -3600,
    }

    public override string Id => "F-20";

    public override string Variant => $"{(int)by:+0;-0} s";

    public override string What => "one node starts anew with a wrong clock, and 30 s later with the right one";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(20);

    public override bool HalfLoad => true;

    public override async Task Strike(Scene scene)
    {
        if (!File.Exists(Library)) throw new InvalidOperationException("It needs faketime: apt-get install -y faketime");
        var node = scene.Choose((await scene.Theatre.ByAge()).Others);
        scene.Mark($"{scene.Letter(node)} by {Variant}");
        await node.Terminate(TimeSpan.FromSeconds(120));
        node.Under = ["env", $"LD_PRELOAD={Library}", $"FAKETIME={(int)by:+0;-0}s", "FAKETIME_DONT_FAKE_MONOTONIC=1"];
        await scene.StartAgain(node);
        await Task.Delay(TimeSpan.FromSeconds(30));
        node.Under = [];
        scene.Mark("right again");
        await node.Terminate(TimeSpan.FromSeconds(120));
        await scene.StartAgain(node);
    }
}
