using System.Globalization;
using Akka.Configuration;
using Moovolt.Cluster;
using Moovolt.Gateway;

namespace Moovolt.Node;

/// <summary>When a node is in trouble; defaults, units and reasons are in hocon/node.conf.</summary>
/// <param name="Slow">A commit that takes longer is slow.</param>
/// <param name="Window">How far back commits are looked at.</param>
/// <param name="FullAt">Yellow from this share of the bound on writes under way.</param>
/// <param name="CalmFor">Green again when there was no trouble for so long.</param>
/// <param name="DownAfter">Red when nothing could be stored for so long.</param>
internal sealed record BrownoutSettings(TimeSpan Slow, TimeSpan Window, double FullAt, TimeSpan CalmFor, TimeSpan DownAfter)
{
    /// <exception cref="SettingException">The values contradict each other.</exception>
    public static BrownoutSettings From(Config config)
    {
        var settings = new BrownoutSettings(
            config.GetTimeSpan("moovolt.brownout.slow"),
            config.GetTimeSpan("moovolt.brownout.window"),
            config.GetDouble("moovolt.brownout.full-at"),
            config.GetTimeSpan("moovolt.brownout.calm-for"),
            config.GetTimeSpan("moovolt.node.journal-down-after"));
        return settings switch
        {
            { FullAt: <= 0 or > 1 } => throw new SettingException("moovolt.brownout.full-at must be a share, up to 1."),
            _ when settings.Slow <= TimeSpan.Zero || settings.Slow >= settings.DownAfter => throw new SettingException(
                "moovolt.brownout.slow must be more than nothing, and less than moovolt.node.journal-down-after."),
            _ => settings,
        };
    }
}

/// <summary>What a node is judged to be, since when, and why.</summary>
/// <param name="Because">In plain words, a whole sentence; empty when green.</param>
internal sealed record Judgement(Strain Strain, DateTimeOffset Since, string Because);

/// <summary>
/// Decides how well this node can store: by how long its entities' own commits take, by how much is under way, and by a
/// probe that stores something when nobody else does. Worse counts at once; green again only after a calm.
/// </summary>
/// <param name="most">The bound on writes under way.</param>
internal sealed class Brownout(BrownoutSettings settings, int most, TimeProvider clock)
{
    /// <summary>
    /// Fewer slow writes are a hiccup of the machine. A node with little to do has only few, and would else turn chargers
    /// away for one.
    /// </summary>
    private const int Hiccup = 3;

    private long probeStoredAt = clock.GetTimestamp();
    private TimeSpan probeTook;
    private string? probeFailure;
    private long troubledAt;

    public Judgement Now { get; private set; } = new(Strain.Green, clock.GetUtcNow(), "");

    /// <summary>The probe has stored something.</summary>
    /// <param name="took">How long that took, its commit included.</param>
    public void Probed(TimeSpan took) => (probeStoredAt, probeTook, probeFailure) = (clock.GetTimestamp(), took, null);

    /// <summary>The probe could not store anything.</summary>
    /// <param name="why">In the words of the database.</param>
    public void ProbeFailed(string why) => probeFailure = why;

    /// <param name="reading">What the writes of entities have felt within <see cref="BrownoutSettings.Window"/>.</param>
    /// <returns>The same instance while the state is the same.</returns>
    public Judgement Judge(JournalReading reading)
    {
        var (strain, because) = Look(reading);
        if (strain != Strain.Green) troubledAt = clock.GetTimestamp();
        if (strain == Now.Strain || (strain == Strain.Green && clock.GetElapsedTime(troubledAt) < settings.CalmFor))
        {
            // From red to green by way of yellow: what waits for an answer can have it, what wants in waits for the calm.
            if (strain != Strain.Green || Now.Strain != Strain.Red) return Now;
            (strain, because) = (Strain.Yellow, "Something can be stored again, and it must stay so for a while.");
        }

        return Now = new Judgement(strain, clock.GetUtcNow(), because);
    }

    private (Strain Strain, string Because) Look(JournalReading reading)
    {
        var probeSilent = clock.GetElapsedTime(probeStoredAt);
        var silent = reading.SinceStored is { } ago && ago < probeSilent ? ago : probeSilent;
        var unstored = reading.SinceStored is null || reading.SinceStored >= settings.DownAfter;
        var unstoredLately = reading.SinceStored is null || reading.SinceStored > settings.Slow;

        if (silent >= settings.DownAfter)
            return (Strain.Red, $"Nothing could be stored for {Seconds(silent)} s{(probeFailure is null ? "" : $" ({probeFailure})")}.");
        // One alone may be ill by itself.
        if (unstored && reading is { Waiting: > 1 } && reading.OldestWaits >= settings.DownAfter)
            return (Strain.Red, $"{reading.Waiting} writes wait, the oldest for {Seconds(reading.OldestWaits)} s, and none was stored.");
        // What failed in an outage says nothing after it: those that wait to be told again are told when it is not red.
        if (reading.Sufferers >= JournalLoad.SufferersCounted && reading.FailingFor >= settings.DownAfter
            && reading.SinceFailed < 2 * settings.DownAfter)
            return (Strain.Red, $"Every write has failed for {Seconds(reading.FailingFor)} s.");

        if (reading.Waiting > settings.FullAt * most)
            return (Strain.Yellow, $"{reading.Waiting} writes are under way, of {most} at most.");
        if (unstoredLately && reading.Waiting >= Hiccup && reading.OldestWaits > settings.Slow)
            return (Strain.Yellow, $"{reading.Waiting} writes wait, the oldest for {Seconds(reading.OldestWaits)} s.");
        var (slow, all) = CountSlow(reading);
        if (slow >= Hiccup && slow * 100 > all)
            return (Strain.Yellow, $"{slow} of {all} writes have taken more than {Seconds(settings.Slow)} s.");
        return probeFailure is not null
            ? (Strain.Yellow, $"The journal could not be probed: {probeFailure}")
            : (Strain.Green, "");
    }

    // Of what was stored lately, the last probe with it.
    private (int Slow, int All) CountSlow(JournalReading reading)
    {
        var probed = clock.GetElapsedTime(probeStoredAt) <= settings.Window;
        var slow = reading.Commits.Count(took => took > settings.Slow) + (probed && probeTook > settings.Slow ? 1 : 0);
        return (slow, reading.Commits.Length + (probed ? 1 : 0));
    }

    private static string Seconds(TimeSpan time) => time.TotalSeconds.ToString("0.#", CultureInfo.InvariantCulture);
}
