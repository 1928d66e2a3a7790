using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>What a charging profile limits (OCPP 1.6, 3.13.1).</summary>
public enum ProfilePurpose
{
    /// <summary>The whole charge point, all connectors together.</summary>
    ChargePointMax = 0,

    /// <summary>Every transaction that has no profile of its own.</summary>
    Default = 1,

    /// <summary>One transaction, and it ends with it.</summary>
    Transaction = 2,
}

/// <summary>What the seconds of a schedule are counted from (OCPP 1.6, 7.9).</summary>
public enum ProfileKind
{
    /// <summary>From a fixed moment.</summary>
    Absolute = 0,

    /// <summary>From a fixed moment, and again every day or week.</summary>
    Recurring = 1,

    /// <summary>From a moment of the charger's, such as the start of the transaction.</summary>
    Relative = 2,
}

/// <summary>How often a recurring profile begins anew.</summary>
public enum ProfileRecurrency
{
    Daily = 0,
    Weekly = 1,
}

/// <summary>In what a limit is measured: amperes per phase, or watts in all.</summary>
public enum RateUnit
{
    Amperes = 0,
    Watts = 1,
}

/// <summary>How much a charger may draw, and when (OCPP 1.6, 7.8).</summary>
/// <param name="Id">The same id replaces; <see cref="Unnumbered"/> until Moovolt has given one.</param>
/// <param name="StackLevel">Of several that are valid the highest counts; 0 is the lowest.</param>
/// <param name="Recurrency">Only of a recurring one.</param>
/// <param name="Transaction">The local id of the one transaction that it is for; null when none is named.</param>
/// <param name="Limits">What it begins with, when its limits change while it is in force (OCPP 2.1, K28); else null.</param>
[DataContract]
public sealed record ChargingProfile(
    [property: DataMember(Order = 1)] int Id,
    [property: DataMember(Order = 2)] ProfilePurpose Purpose,
    [property: DataMember(Order = 3)] int StackLevel,
    [property: DataMember(Order = 4)] ProfileKind Kind,
    [property: DataMember(Order = 5)] ProfileRecurrency? Recurrency,
    [property: DataMember(Order = 6)] DateTimeOffset? ValidFrom,
    [property: DataMember(Order = 7)] DateTimeOffset? ValidTo,
    [property: DataMember(Order = 8)] string? Transaction,
    [property: DataMember(Order = 9)] ChargingSchedule Schedule,
    [property: DataMember(Order = 50)] ScheduleLimits? Limits = null)
{
    /// <summary>The id of a profile that is still to get one.</summary>
    public const int Unnumbered = 0;
}

/// <summary>Limits one after the other (OCPP 1.6, 7.13).</summary>
/// <param name="DurationSeconds">Null: the last period goes on.</param>
/// <param name="StartAt">Null: the charger knows, by the profile's kind.</param>
/// <param name="MinRate">Below this a car does not charge efficiently; a hint, with one decimal.</param>
[DataContract]
public sealed record ChargingSchedule(
    [property: DataMember(Order = 1)] RateUnit Unit,
    [property: DataMember(Order = 2)] int? DurationSeconds,
    [property: DataMember(Order = 3)] DateTimeOffset? StartAt,
    [property: DataMember(Order = 4)] decimal? MinRate,
    ImmutableArray<SchedulePeriod> Periods)
{
    /// <summary>More periods than any charger takes: a longer schedule is neither sent nor kept.</summary>
    public const int MostPeriods = 1_000;

    [DataMember(Order = 5)]
    public ImmutableArray<SchedulePeriod> Periods { get => field.IsDefault ? [] : field; init; } = Periods;
}

/// <summary>A limit, until the next period begins (OCPP 1.6, 7.14).</summary>
/// <param name="StartSeconds">From the start of the schedule.</param>
/// <param name="Limit">In the schedule's unit, at most one decimal.</param>
/// <param name="Phases">1 to 3; null: as many as there are.</param>
[DataContract]
public sealed record SchedulePeriod(
    [property: DataMember(Order = 1)] int StartSeconds,
    [property: DataMember(Order = 2)] decimal Limit,
    [property: DataMember(Order = 3)] int? Phases = null);

/// <summary>A profile that the charger took, as far as Moovolt has seen it.</summary>
/// <param name="Connector">Where; (0, 0): the whole charge point, or, while it waits, that the charger chooses.</param>
/// <param name="RequestId">The command that brought it.</param>
/// <param name="AwaitedToken">It came with a start and waits for the transaction of this token; null otherwise.</param>
[DataContract]
public sealed record InstalledProfile(
    [property: DataMember(Order = 1)] ConnectorId Connector,
    [property: DataMember(Order = 2)] ChargingProfile Profile,
    [property: DataMember(Order = 3)] string RequestId,
    [property: DataMember(Order = 4)] string? AwaitedToken,
    [property: DataMember(Order = 5)] DateTimeOffset At);
