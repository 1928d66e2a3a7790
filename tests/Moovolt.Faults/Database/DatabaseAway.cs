using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;
using Moovolt.Rig;

namespace Moovolt.Faults.Database;

/// <summary>
/// F-05: the database is away for minutes: stopped, so that nobody listens, or standing still, so that nobody answers.
/// Chargers go offline and keep what they have; afterwards no entity is stuck (akka.net issue 4265).
/// </summary>
internal sealed class DatabaseAway(DatabaseAway.Manner manner) : Strained
{
    public enum Manner
    {
        Stopped = 180,
        Frozen = 60,
    }

    private TimeSpan Length => TimeSpan.FromSeconds((int)manner);

    public override string Id => "F-05";

    public override string Variant => $"{manner}".ToLowerInvariant();

    public override string What => $"PostgreSQL is away for {(int)manner} s";

    /// <summary>As long as it was away, and 15 s.</summary>
    public override TimeSpan Allowed => Length + TimeSpan.FromSeconds(15);

    public override bool HalfLoad => true;

    protected override int Comes => Strains.Red;

    protected override async Task Strain(Scene scene)
    {
        var server = scene.Theatre.Server;
        scene.Mark($"PostgreSQL {Variant}");
        if (manner == Manner.Frozen) server.Freeze();
        else await server.End(Signal.Interrupt);
        await Task.Delay(Length);
        if (manner == Manner.Frozen) server.Thaw();
        else await server.Open();
        scene.Mark("PostgreSQL is there");
    }
}
