using System.Diagnostics.Metrics;
using Moovolt.ReadModel.Storage;

namespace Moovolt.Node;

/// <summary>
/// The node's time: this machine's, as long as the database agrees with it, else the database's, which all members
/// share. Chargers set their clocks by what they are told (OCPP 1.6, 4.2 and 4.6), and bills are made of what they say.
/// Only the time of day is checked; what is measured by a stopwatch is the machine's own.
/// </summary>
internal sealed class CheckedClock(TimeProvider machine, JournalPulse pulse, ILogger<CheckedClock> log) : TimeProvider
{
    /// <summary>How often the database is asked at a time; the answer that came soonest counts: it says most.</summary>
    private const int Asks = 3;

    /// <summary>An answer that took longer may be as far off as what is to be found out.</summary>
    private static readonly TimeSpan LongestTrip = TimeSpan.FromSeconds(1);

    private static readonly Gauge<double> SkewSeconds = new Meter("Moovolt.Node").CreateGauge<double>(
        "moovolt_clock_skew_seconds",
        description: "How far this node's clock is ahead of the database's; below 0 when it is behind.");

    private readonly TaskCompletionSource known = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Agreement? agreement;

    /// <summary>Beyond this a clock is wrong: what chargers are told is the database's time.</summary>
    public static TimeSpan Wrong => Examination.ClockWarning;

    /// <summary>Beyond this a node is not ready: its files, certificates and logs are by the wrong time.</summary>
    public static TimeSpan TooWrong => Examination.ClockFatal;

    /// <summary>Completed when the database's clock was seen, or there is none but this machine's.</summary>
    public Task Known => known.Task;

    /// <summary>How far this machine's clock is ahead of the database's now; below zero when it is behind.</summary>
    public TimeSpan Skew => agreement is { } with ? machine.GetUtcNow() - with.At(machine) : TimeSpan.Zero;

    public override TimeZoneInfo LocalTimeZone => machine.LocalTimeZone;

    public override long TimestampFrequency => machine.TimestampFrequency;

    // Between two looks the database's time goes on by the stopwatch, so that a clock that jumps is found out at once.
    public override DateTimeOffset GetUtcNow()
    {
        var now = machine.GetUtcNow();
        if (agreement is not { } with) return now;
        var theirs = with.At(machine);
        return with.IsFollowed || (now - theirs).Duration() > Wrong ? theirs : now;
    }

    public override long GetTimestamp() => machine.GetTimestamp();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        machine.CreateTimer(callback, state, dueTime, period);

    /// <summary>There is no other clock than this machine's (SQLite).</summary>
    public void IsAlone() => known.TrySetResult();

    /// <summary>Asks the database what time it is, and goes by that if the two are apart.</summary>
    /// <param name="ask">Asks it once.</param>
    public async Task CheckAsync(Func<Task<DateTimeOffset>> ask)
    {
        var (shortest, theirs, middle) = (TimeSpan.MaxValue, DateTimeOffset.MinValue, 0L);
        for (var asks = 0; asks < Asks; asks++)
        {
            var asked = machine.GetTimestamp();
            var said = await ask();
            var answered = machine.GetTimestamp();
            if (machine.GetElapsedTime(asked, answered) is var trip && trip >= shortest) continue;
            // Half of the way there and back is the best that can be known of when the server looked at its clock.
            (shortest, theirs, middle) = (trip, said, asked + ((answered - asked) / 2));
        }

        if (shortest <= LongestTrip) Agree(theirs, middle);
    }

    private void Agree(DateTimeOffset theirs, long timestamp)
    {
        var followed = agreement is { IsFollowed: true };
        var next = new Agreement(theirs, timestamp, followed);
        var skew = machine.GetUtcNow() - next.At(machine);
        // It is believed again when it is well within: else a clock at the edge would be two clocks in turn.
        var follow = skew.Duration() > (followed ? Wrong / 2 : Wrong);
        agreement = next with { IsFollowed = follow };
        pulse.ClockSkew = skew;
        SkewSeconds.Record(skew.TotalSeconds);
        known.TrySetResult();
        if (follow == followed) return;
        if (follow) log.LogWarning("{Skew} Chargers are told the database's time. Keep both by NTP.", Sentence(skew));
        else log.LogWarning("This node's clock is right again, {Seconds:F1} s from the database's.", skew.TotalSeconds);
    }

    /// <summary>How far a clock is off, in words.</summary>
    internal static string Sentence(TimeSpan skew)
    {
        var where = skew > TimeSpan.Zero ? "ahead of" : "behind";
        return FormattableString.Invariant(
            $"This node's clock is {skew.Duration().TotalSeconds:F1} s {where} the database's.");
    }

    /// <summary>What time it was in the database when the stopwatch stood there.</summary>
    private sealed record Agreement(DateTimeOffset Theirs, long Timestamp, bool IsFollowed)
    {
        public DateTimeOffset At(TimeProvider machine) => Theirs + machine.GetElapsedTime(Timestamp);
    }
}
