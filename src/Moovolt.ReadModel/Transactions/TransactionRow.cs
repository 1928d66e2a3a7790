using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.Transactions;

namespace Moovolt.ReadModel.Transactions;

/// <summary>A transaction as people look at it.</summary>
/// <param name="Token">As the charger wrote it; empty when it named nobody.</param>
/// <param name="State">
/// <c>running</c>, <c>ended</c>, or <c>suspended</c>: only a stop or samples are known, and no start. Suspended ones
/// are listed only when asked for.
/// </param>
/// <param name="StartedAt">The charger's own time; null while suspended.</param>
/// <param name="DeliveredWh">
/// What it came to; while it runs, what the samples prove so far; null when nothing does.
/// </param>
/// <param name="StoppedBy">The token that stopped it, when the charger named one.</param>
/// <param name="Verdict">What was thought of the token at the start.</param>
/// <param name="Version">The sequence number in the journal that this reflects.</param>
/// <param name="StartArrivedAt">When we heard of the start; likewise <paramref name="EndArrivedAt"/>.</param>
/// <param name="Inferred">No stop has come, and what else was seen says that it is over.</param>
/// <param name="ClosedBy">
/// The operator who closed the record; null when nobody has, or the real stop came after.
/// </param>
/// <param name="Held">Something about it is so odd that a person should look before anybody pays.</param>
/// <param name="Replayed">The charger told of it long after it had begun.</param>
/// <param name="ClockSkewSeconds">
/// How far the charger's clock was ahead of ours at the start; null when not to speak of.
/// </param>
/// <param name="ChargingState">
/// In the charger's words, as its latest step had it; null when it does not tell such states.
/// </param>
public sealed record TransactionRow(
    string Id,
    string ChargePoint,
    string LocalId,
    int Evse,
    int Connector,
    string? Token,
    string State,
    DateTimeOffset? StartedAt,
    DateTimeOffset? EndedAt,
    long? MeterStartWh,
    long? MeterStopWh,
    long? DeliveredWh,
    string? StopReason,
    string? StoppedBy,
    string? Verdict,
    ImmutableArray<AnnotationRow> Annotations,
    long Version,
    DateTimeOffset? StartArrivedAt = null,
    DateTimeOffset? EndArrivedAt = null,
    bool Inferred = false,
    string? ClosedBy = null,
    bool Held = false,
    bool Replayed = false,
    int? ClockSkewSeconds = null,
    string? ChargingState = null)
{
    /// <summary>
    /// What the charger must have told and we have not heard, by its own numbers of the steps; empty of chargers that
    /// number none.
    /// </summary>
    public ImmutableArray<StepGap> MissingSteps =>
        [.. Annotations.Where(odd => odd.Code == StepsTold.Missing).SelectMany(odd => odd.Gaps)];

    /// <summary>
    /// Whether a person should look before anybody pays: odd energy or times, or an end that the charger never told.
    /// </summary>
    public bool Suspect => Held || Inferred || ClosedBy is not null;

    /// <summary>
    /// How long it went on, by the charger's own clock; null while it runs, or when the stop is from before the start.
    /// </summary>
    public TimeSpan? Duration => StartedAt is { } from && EndedAt is { } to && to >= from && State == "ended"
        ? to - from : null;
}

/// <summary>Something odd about a transaction.</summary>
/// <param name="Code">Stable and kebab-case, such as <c>meter-runs-backwards</c>.</param>
/// <param name="Gaps">Which steps are missing, when that is what is odd.</param>
public sealed record AnnotationRow(
    string Code, string Detail, DateTimeOffset At, ImmutableArray<StepGap> Gaps = default)
{
    public ImmutableArray<StepGap> Gaps { get; init; } = Gaps.IsDefault ? [] : Gaps;
}

/// <summary>What the meter showed at one moment of a transaction.</summary>
/// <param name="At">The charger's own time; when it gave none, ours.</param>
/// <param name="RegisterWh">The total energy register, when the sample has one.</param>
/// <param name="Readings">Every measurand, in the charger's own words.</param>
public sealed record SampleRow(
    DateTimeOffset At,
    DateTimeOffset ArrivedAt,
    long? RegisterWh,
    ImmutableArray<Reading> Readings);

/// <summary>The payload of a message that could not be read in full, or that fits no transaction, as it came.</summary>
/// <param name="LocalId">Null when it names no transaction of ours.</param>
/// <param name="What"><c>start</c>, <c>samples</c>, <c>stop</c>, <c>suspended-stop</c> or <c>unplaced-stop</c>.</param>
/// <param name="Why">Why it is not placed, in plain words; null when it is.</param>
public sealed record EvidenceRow(
    string ChargePoint, string? LocalId, string What, string? Why, string Frame, DateTimeOffset At);

/// <summary>
/// Which transactions to list. <paramref name="From"/> and <paramref name="To"/> bound the start: from ≤ start &lt; to.
/// </summary>
/// <param name="Token">Compared without case.</param>
/// <param name="State">Null for those that began.</param>
public sealed record TransactionFilter(
    ChargePointId? ChargePoint = null,
    string? Token = null,
    string? State = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null);
