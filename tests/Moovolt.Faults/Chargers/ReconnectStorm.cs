using System.Diagnostics;
using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Rig;
using Moovolt.Simulator;

namespace Moovolt.Faults.Chargers;

/// <summary>
/// F-14: as many chargers more come as the load has, all of them lose their line in one moment, and dial two of the
/// three nodes. Each boots anew; by OCPP's back-off of 1 to 3 s, or, hostile, at once.
/// </summary>
internal sealed class ReconnectStorm(ReconnectStorm.Manner manner) : Fault
{
    private static readonly TimeSpan AllBooted = TimeSpan.FromSeconds(30);

    public enum Manner
    {
        BackOff,
        Hostile,
    }

    private static readonly BackOff AtOnce = new()
    {
        Minimum = TimeSpan.FromMilliseconds(50), RandomRange = TimeSpan.FromMilliseconds(50), Doublings = 4,
    };

    private bool Waits => manner == Manner.BackOff;

    public override string Id => "F-14";

    public override string Variant => Waits ? "back-off" : "hostile";

    public override string What => "twice the load is dropped at once and comes back to two of three nodes";

    public override TimeSpan Allowed => TimeSpan.FromSeconds(60);

    public override bool InTests => Waits;

    public override IEnumerable<Uri> Addresses(Theatre theatre) => theatre.Addresses.Take(2);

    public override ChargerBehaviour Habits(ChargerBehaviour usual) => usual with
    {
        BootsOnReconnect = true,
        BackOff = Waits ? usual.BackOff : AtOnce,
    };

    public override async Task Strike(Scene scene)
    {
        await using var more = Fleet.Start(new FleetPlan
        {
            Nodes = [.. Addresses(scene.Theatre)],
            Chargers = scene.Crowd.Chargers.Count(),
            Prefix = $"{scene.Crowd.Prefix[..3]}more-",
            Ramp = TimeSpan.FromSeconds(10),
            Behaviour = Habits(new ChargerBehaviour { Workload = Workload.Idle, BackOff = new BackOff { Doublings = 1 } }),
        });
        SimulatedCharger[] all = [.. scene.Crowd.Chargers, .. more.Chargers];
        await Scene.Until(
            () => Task.FromResult(all.All(charger => charger.IsOnline)), TimeSpan.FromSeconds(90), "twice the load is there");
        await scene.Sometime(TimeSpan.FromSeconds(3));
        scene.Mark($"{all.Length} are dropped");
        var clock = Stopwatch.StartNew();
        foreach (var charger in all) charger.CutLine();
        await Eventually.Is(() => all.All(charger => charger.IsOnline), AllBooted * scene.Slack * 2);
        clock.Stop();
        scene.Mark("all have booted");
        scene.Measure("all booted s", FormattableString.Invariant($"{clock.Elapsed.TotalSeconds:0.0} ({all.Length})"));
        if (clock.Elapsed > AllBooted * scene.Slack)
            throw new InvalidOperationException($"They booted within {clock.Elapsed.TotalSeconds:0} s, or some never.");
    }
}
