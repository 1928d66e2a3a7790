using Moovolt.Faults.Run;
using Moovolt.Faults.Stage;

namespace Moovolt.Faults.Database;

/// <summary>F-06: every word to the database takes a fifth of a second, or nobody may write to the journal for 15 s.</summary>
internal sealed class DatabaseSlow(DatabaseSlow.Manner manner) : Strained
{
    private static readonly TimeSpan Locked = TimeSpan.FromSeconds(15);
    private static readonly TimeSpan Late = TimeSpan.FromSeconds(30);

    public enum Manner
    {
        Latency,
        Lock,
    }

    public override string Id => "F-06";

    public override string Variant => $"{manner}".ToLowerInvariant();

    public override string What => manner == Manner.Lock
        ? "LOCK TABLE journal for 15 s"
        : "200 ms more for each answer of PostgreSQL, for 30 s";

    /// <summary>
    /// Slower, and nobody stops. A lock is longer than a write may take (10 s): it fails, and the session tells again.
    /// </summary>
    public override TimeSpan Allowed =>
        manner == Manner.Lock ? Locked + TimeSpan.FromSeconds(15) : TimeSpan.FromSeconds(10);

    public override Wiring Wiring => Wiring.Database;

    /// <summary>
    /// A commit of a fifth of a second, or of two, is none that counts as slow (2 s): nobody is turned away for it.
    /// </summary>
    protected override int Comes => manner == Manner.Lock ? Strains.Yellow : Strains.Green;

    protected override async Task Strain(Scene scene)
    {
        scene.Mark(Variant);
        if (manner == Manner.Lock)
        {
            await using (await scene.Theatre.LockJournal()) await Task.Delay(Locked);
        }
        else
        {
            foreach (var line in scene.Theatre.DatabaseLines) line.Down.Latency = TimeSpan.FromMilliseconds(200);
            await Task.Delay(Late);
            scene.Theatre.HealDatabaseLines();
        }

        scene.Mark("as before");
    }
}
