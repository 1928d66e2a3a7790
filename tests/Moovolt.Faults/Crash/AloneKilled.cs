using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;

namespace Moovolt.Faults.Crash;

/// <summary>F-08: the one-command node, on SQLite, is killed again and again, and started each time.</summary>
internal sealed class AloneKilled : Fault
{
    private const int Times = 50;

    public override string Id => "F-08";

    public override string What => $"kill -9 of a node alone, on SQLite, {Times} times";

    /// <summary>A restart, and the charger's way back; sometimes it is killed before a charger was back.</summary>
    public override TimeSpan Allowed => TimeSpan.FromSeconds(30);

    /// <summary>What one node on SQLite is for.</summary>
    public override Load? Load =>
        new("alone", Idle: 60, Charging: 25, Probes: 15, Running: 36, Replies: 12, Requests: 4);

    public override Func<Task<Theatre>> OwnStage => Theatre.Alone;

    public override async Task Strike(Scene scene)
    {
        for (var time = 0; time < Times; time++)
        {
            scene.Kill(scene.Nodes[0]);
            scene.Nodes[0].Start();
            await scene.Nodes[0].Ready(TimeSpan.FromSeconds(60));
            await Task.Delay(TimeSpan.FromSeconds(3)); // some chargers are back
            await scene.Sometime(TimeSpan.FromSeconds(2));
        }
    }
}
