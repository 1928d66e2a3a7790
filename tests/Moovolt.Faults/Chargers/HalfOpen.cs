using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;

namespace Moovolt.Faults.Chargers;

/// <summary>
/// F-13: three chargers in ten vanish without a word (a modem that lost its network), and dial anew while their old
/// sockets look as good as ever. The new one is taken at once.
/// </summary>
internal sealed class HalfOpen : Fault
{
    public override string Id => "F-13";

    public override string What => "3 of 10 chargers vanish without a word, and come back beside their old sockets";

    /// <summary>Their back-off of 1 to 3 s, a handshake, and what waited meanwhile.</summary>
    public override TimeSpan Allowed => TimeSpan.FromSeconds(10);

    public override Wiring Wiring => Wiring.Chargers;

    public override async Task Strike(Scene scene)
    {
        await scene.Sometime(TimeSpan.FromSeconds(3));
        scene.Mark("3 of 10 vanish");
        foreach (var door in scene.Theatre.Doors) door.Vanish();
        foreach (var charger in scene.Crowd.Chargers.Where(charger => Door.Vanishes(charger.Id))) charger.CutLine();
        // Two pings without an answer: the old sockets are found by then, whatever became of them.
        await Task.Delay(TimeSpan.FromSeconds(20));
    }
}
