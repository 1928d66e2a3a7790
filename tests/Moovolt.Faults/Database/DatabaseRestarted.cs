using Moovolt.Faults.Run;
using Moovolt.Rig;

namespace Moovolt.Faults.Database;

/// <summary>F-04: PostgreSQL ends in one of three ways, and is there again a few seconds later.</summary>
internal sealed class DatabaseRestarted(DatabaseRestarted.Way way) : Fault
{
    private static readonly TimeSpan Down = TimeSpan.FromSeconds(5);

    public enum Way
    {
        Fast = Signal.Interrupt,
        Immediate = Signal.Quit,
        Killed = Signal.Kill,
    }

    public override string Id => "F-04";

    public override string Variant => $"{way}".ToLowerInvariant();

    public override string What => "PostgreSQL ends, and starts again after 5 s";

    /// <summary>Down, its recovery, and 10 s.</summary>
    public override TimeSpan Allowed => TimeSpan.FromSeconds(25);

    public override bool InTests => way == Way.Immediate;

    public override async Task Strike(Scene scene)
    {
        await scene.Sometime(TimeSpan.FromSeconds(3));
        scene.Mark($"PostgreSQL: {Variant}");
        await scene.Theatre.Server.End((Signal)way);
        await Task.Delay(Down);
        await scene.Theatre.Server.Open();
        scene.Mark("PostgreSQL is there");
    }
}
