using Moovolt.Faults.Run;
using Moovolt.Simulator;

namespace Moovolt.Faults.Chargers;

/// <summary>F-21: chargers come whose clocks stand in 1970, ten years ahead, or an hour off; the sums are right.</summary>
internal sealed class WrongClocks : Fault
{
    public override string Id => "F-21";

    public override string What => "clocks of 1970, in ten years and of summer time; all lines are cut once";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(15);

    public override ChargerBehaviour Habits(ChargerBehaviour usual) => usual with
    {
        ClockAhead = usual.MeterEvery < TimeSpan.FromSeconds(5)
            ? TimeSpan.FromDays(3_650)
            : usual.Workload == Workload.Idle ? TimeSpan.FromHours(1) : DateTimeOffset.UnixEpoch - DateTimeOffset.UtcNow,
    };

    public override async Task Strike(Scene scene)
    {
        await Task.Delay(TimeSpan.FromSeconds(10));
        scene.Mark("all lines are cut");
        foreach (var charger in scene.Crowd.Chargers) charger.CutLine();
        await Task.Delay(TimeSpan.FromSeconds(5));
    }
}
