using System.Collections.Immutable;
using System.Text.Json.Serialization;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Api.Commands;

/// <summary>What a charging profile limits.</summary>
internal enum ProfileFor
{
    [JsonStringEnumMemberName("charge-point-max")]
    ChargePointMax,

    [JsonStringEnumMemberName("default")]
    Default,

    [JsonStringEnumMemberName("transaction")]
    Transaction,
}

/// <summary>Amperes per phase, or watts in all.</summary>
internal enum LimitUnit
{
    [JsonStringEnumMemberName("A")]
    Amperes,

    [JsonStringEnumMemberName("W")]
    Watts,
}

/// <summary>A charging profile, as operators write and read it.</summary>
/// <param name="Purpose">
/// charge-point-max: the whole charge point; default: every transaction without one of its own; transaction: one.
/// </param>
/// <param name="StackLevel">Of several the highest counts; 0 is the lowest.</param>
/// <param name="Kind">
/// What the seconds are counted from: absolute, recurring, or relative to what the charger knows.
/// </param>
/// <param name="Id">The same id replaces. Moovolt gives one when it is left out.</param>
/// <param name="Recurrency">daily or weekly; only, and always, of a recurring one.</param>
/// <param name="Transaction">The running transaction that it is for: its local id, or its whole id.</param>
internal sealed record ProfileShape(
    ProfileFor Purpose,
    int StackLevel,
    ProfileKind Kind,
    ProfileShape.Limits Schedule,
    int? Id = null,
    ProfileRecurrency? Recurrency = null,
    DateTimeOffset? ValidFrom = null,
    DateTimeOffset? ValidTo = null,
    string? Transaction = null)
{
    /// <summary>Limits one after the other.</summary>
    /// <param name="Periods">The first begins at second 0; at most 1,000.</param>
    /// <param name="DurationSeconds">Without it the last period goes on.</param>
    /// <param name="StartAt">Not of a relative one.</param>
    /// <param name="MinRate">Below this a car does not charge efficiently.</param>
    internal sealed record Limits(
        LimitUnit Unit,
        ImmutableArray<Period> Periods,
        int? DurationSeconds = null,
        DateTimeOffset? StartAt = null,
        decimal? MinRate = null);

    /// <summary>A limit, until the next period begins.</summary>
    /// <param name="Limit">At most one decimal.</param>
    /// <param name="Phases">1 to 3.</param>
    internal sealed record Period(int StartSeconds, decimal Limit, int? Phases = null);

    /// <summary>The profile for a charge point; a transaction of its own is named by its local id.</summary>
    public ChargingProfile For(ChargePointId? chargePoint) => new(
        Id ?? ChargingProfile.Unnumbered,
        (ProfilePurpose)Purpose,
        StackLevel,
        Kind,
        Recurrency,
        ValidFrom,
        ValidTo,
        TransactionId.TryParse(Transaction, out var whole) && whole.ChargePoint == chargePoint
            ? whole.LocalId
            : Transaction,
        new ChargingSchedule(
            (RateUnit)Schedule.Unit,
            Schedule.DurationSeconds,
            Schedule.StartAt,
            Schedule.MinRate,
            [.. Schedule.Periods.Select(one => new SchedulePeriod(one.StartSeconds, one.Limit, one.Phases))]));
}
