using Moovolt.Faults.Run;
using Moovolt.Simulator;

namespace Moovolt.Faults.Chargers;

/// <summary>F-28: all lines are lost again and again, and chargers repeat much of what was answered.</summary>
internal sealed class Replays : Fault
{
    public override string Id => "F-28";

    public override string What => "all lines cut three times; chargers repeat a fifth, and their last ten after each";

    /// <summary>Back after 1 to 3 s, three times, and what they repeat goes first.</summary>
    public override TimeSpan Allowed => TimeSpan.FromSeconds(25);

    public override bool InTests => true;

    public override ChargerBehaviour Habits(ChargerBehaviour usual) => usual with
    {
        KeepsMessageIds = usual.MeterEvery < TimeSpan.FromSeconds(5), // the probes; the others take new ones
        Misbehaviour = new Misbehaviour { Duplicates = 0.2, Replays = 10, OddFrames = 0.02 },
    };

    public override async Task Strike(Scene scene)
    {
        for (var time = 0; time < 3; time++)
        {
            scene.Mark("all lines are cut");
            foreach (var charger in scene.Crowd.Chargers) charger.CutLine();
            await Task.Delay(TimeSpan.FromSeconds(4));
            await scene.Sometime(TimeSpan.FromSeconds(2));
        }
    }
}
