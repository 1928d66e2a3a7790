using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>How far a charger's clock runs from ours, and the differences that it is estimated from.</summary>
/// <param name="Seconds">Positive: the charger's clock is ahead.</param>
/// <param name="Differences">
/// Of the last messages that were said when they happened, as far as we know, in seconds.
/// </param>
/// <param name="Doubt">
/// Since when statuses that look like history are all as late as each other; null while none are.
/// </param>
[DataContract]
public sealed record KnownClock(
    [property: DataMember(Order = 1)] int? Seconds,
    ImmutableArray<int> Differences,
    [property: DataMember(Order = 3)] ClockDoubt? Doubt = null)
{
    public static readonly KnownClock None = new(null, []);

    [DataMember(Order = 2)]
    public ImmutableArray<int> Differences { get => field.IsDefault ? [] : field; init; } = Differences;
}

/// <summary>A status that is history, unless the clock was set.</summary>
/// <param name="Seconds">The difference that the clock would have.</param>
/// <param name="At">When the first that is as late as this came.</param>
[DataContract]
public sealed record ClockDoubt(
    [property: DataMember(Order = 1)] int Seconds,
    [property: DataMember(Order = 2)] DateTimeOffset At);

/// <summary>The estimate of a charger's clock has moved so far that somebody should know.</summary>
/// <param name="Seconds">Positive: the charger's clock is ahead of ours.</param>
/// <param name="Set">The clock was set: what it said before says nothing of it any more.</param>
[Journaled("cp-clock-skew"), DataContract]
public sealed record ClockSkewEstimated(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] int Seconds,
    [property: DataMember(Order = 3)] DateTimeOffset At,
    [property: DataMember(Order = 4)] bool Set = false) : ChargePointEvent;

/// <summary>
/// Estimates a charger's clock from events that are stored in any case: no frame costs an event for it. What is told
/// late only ever looks as if the clock were behind, so the highest difference that two messages agree on is the
/// clock's.
/// </summary>
public static class ClockSkew
{
    private const int Kept = 8;
    private const int Apart = 30;
    private const int Worth = 60;
    private const int Most = 2_000_000_000; // some chargers begin in 1970

    /// <summary>How late a message may be and still be of the moment.</summary>
    public static readonly TimeSpan Moment = TimeSpan.FromMinutes(5);

    /// <summary>How long before its connection something may have happened and still be of the moment.</summary>
    private static readonly TimeSpan BeforeConnection = TimeSpan.FromMinutes(1);

    /// <summary>A difference that an operator should hear of; null for one that is a second or so of travel.</summary>
    public static int? WorthSaying(int? seconds) => seconds is { } apart && Math.Abs((long)apart) >= Worth
        ? apart : null;

    /// <summary>
    /// Whether the charger tells of something that is over, and only now could be told: not news, but history.
    /// </summary>
    /// <param name="at">By the charger's clock.</param>
    internal static bool IsHistory(ChargePoint state, DateTimeOffset at, DateTimeOffset arrivedAt)
    {
        var ours = at - TimeSpan.FromSeconds(state.Clock?.Seconds ?? 0);
        return arrivedAt - ours > Moment || (state.Session is { } session && ours < session.At - BeforeConnection);
    }

    /// <summary>Adds to a decision what its events say about the charger's clock.</summary>
    internal static Decision Follow(ChargePoint state, Decision decision)
    {
        if (!decision.Events.Any(@event => Difference(state, @event) is not null)) return decision;
        var after = decision.Events.Aggregate(state, ChargePoint.Apply);
        if (Estimate(after.Clock!.Differences) is not { } seconds) return decision; // it has heard a difference
        if (after.Clock.Seconds is { } known && Agree(known, seconds)) return decision;
        return decision with
        {
            Events = decision.Events.Add(
                new ClockSkewEstimated(decision.Events[^1].Id, seconds, decision.Events[^1].At)),
        };
    }

    internal static KnownClock? Apply(ChargePoint state, ChargePointEvent @event)
    {
        var clock = state.Clock ?? KnownClock.None;
        if (@event is ClockSkewEstimated { Set: true } set) return new KnownClock(set.Seconds, [set.Seconds]);
        if (@event is ClockSkewEstimated e) return clock with { Seconds = e.Seconds };
        if (@event is ConnectorStatusToldLate late) return clock with { Doubt = Doubt(clock.Doubt, late) };
        if (Difference(state, @event) is not { } difference) return state.Clock;
        var kept = clock.Differences;
        return clock with
        {
            Differences = (kept.Length < Kept ? kept : kept.RemoveAt(0)).Add(difference),
            Doubt = clock.Doubt is { } doubt && Agree(doubt.Seconds, difference) ? doubt : null,
        };
    }

    /// <summary>A span as people say it: the two largest units.</summary>
    public static string InWords(TimeSpan span)
    {
        span = span.Duration();
        return span switch
        {
            { TotalDays: >= 2 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalDays} days"),
            { TotalHours: >= 1 } =>
                string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalHours} h {span.Minutes} min"),
            { TotalMinutes: >= 1 } => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalMinutes} min"),
            _ => string.Create(CultureInfo.InvariantCulture, $"{(int)span.TotalSeconds} s"),
        };
    }

    private static ClockDoubt Doubt(ClockDoubt? doubt, ConnectorStatusToldLate e) =>
        Seconds(e.ChargerAt - e.At) is var seconds && doubt is not null && Agree(doubt.Seconds, seconds)
            ? doubt
            : new ClockDoubt(seconds, e.At);

    // A status is told when it is; a start may come out of a queue, and counts only when it bears the estimate out.
    private static int? Difference(ChargePoint state, ChargePointEvent @event) => @event switch
    {
        ConnectorStatusChanged { ChargerAt: { } at } e => Seconds(at - e.At),
        TransactionNumbered { StartedAt: { } at } e when Seconds(at - e.At) is var difference
            && state.Clock?.Seconds is { } known && difference >= known - Apart => difference,
        _ => null,
    };

    /// <summary>Whether two differences are those of the same clock.</summary>
    internal static bool Agree(int one, int other) => Math.Abs((long)one - other) <= Apart;

    internal static int Seconds(TimeSpan difference) =>
        (int)Math.Clamp(Math.Round(difference.TotalSeconds), -Most, Most);

    private static int? Estimate(ImmutableArray<int> differences)
    {
        var highestFirst = differences.Sort((one, other) => other.CompareTo(one));
        for (var i = 1; i < highestFirst.Length; i++)
            if (highestFirst[i - 1] - highestFirst[i] <= Apart) return highestFirst[i - 1];
        return null;
    }
}
