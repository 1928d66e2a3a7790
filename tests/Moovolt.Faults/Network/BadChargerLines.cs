using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;

namespace Moovolt.Faults.Network;

/// <summary>F-12: chargers' lines are late and jittery, narrow and sliced, or cut in the middle of a frame.</summary>
internal sealed class BadChargerLines : Fault
{
    private const int Cuts = 6;
    private static readonly TimeSpan Between = TimeSpan.FromSeconds(4);

    public override string Id => "F-12";

    public override string What => "late, narrow, sliced, reset and half-closed lines of chargers, for 24 s";

    /// <summary>A cut and the charger's way back, on a late line.</summary>
    public override TimeSpan Allowed => TimeSpan.FromSeconds(20);

    public override Wiring Wiring => Wiring.Chargers;

    public override async Task Strike(Scene scene)
    {
        var doors = scene.Theatre.Doors;
        foreach (var toxics in new[] { doors[0].Up, doors[0].Down })
            (toxics.Latency, toxics.Jitter) = (TimeSpan.FromMilliseconds(200), TimeSpan.FromMilliseconds(300));
        foreach (var toxics in new[] { doors[1].Up, doors[1].Down }) (toxics.Slicer, toxics.Bandwidth) = (20, 4_000);
        doors[2].Up.LimitData = 3_000 + scene.Random.Next(2_000); // some samples, and then the half of one
        scene.Mark("A late, B narrow, C cut");
        for (var cut = 0; cut < Cuts; cut++)
        {
            await Task.Delay(Between);
            scene.Choose(doors).ResetPeers(share: 5);
            if (cut == Cuts / 2) doors[0].HalfClose();
        }

        foreach (var door in doors) door.Heal();
    }
}
