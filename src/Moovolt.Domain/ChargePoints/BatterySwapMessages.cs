using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>What happened in a swap of batteries (OCPP 2.1, S01 to S03).</summary>
public enum SwapStep
{
    /// <summary>The driver gave batteries.</summary>
    In = 0,

    /// <summary>The driver was given batteries.</summary>
    Out = 1,

    /// <summary>Batteries were offered, and not taken in time.</summary>
    OutTimeout = 2,
}

/// <summary>A battery, as the charger describes it.</summary>
/// <param name="Evse">The slot that it is in, or was.</param>
/// <param name="Charge">How full it is, in percent.</param>
/// <param name="Health">What is left of what it held when it was new, in percent.</param>
[DataContract]
public sealed record SwappedBattery(
    [property: DataMember(Order = 1)] int Evse,
    [property: DataMember(Order = 2)] string SerialNumber,
    [property: DataMember(Order = 3)] decimal Charge,
    [property: DataMember(Order = 4)] decimal Health,
    [property: DataMember(Order = 5)] DateTimeOffset? ProducedAt = null,
    [property: DataMember(Order = 6)] string? VendorDetails = null);

/// <summary>Batteries were given or taken. It is a fact, whoever's token it is.</summary>
/// <param name="Swap">The number that all steps of one swap share: the charger's, or that of a wish.</param>
/// <param name="Token">Who swaps, as the charger wrote it.</param>
[Sent("cp-report-swap"), DataContract]
public sealed record ReportBatterySwap(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] int Swap,
    [property: DataMember(Order = 4)] SwapStep Step,
    [property: DataMember(Order = 5)] string? Token,
    ImmutableArray<SwappedBattery> Batteries,
    [property: DataMember(Order = 7)] DateTimeOffset At) : ChargePointCommand
{
    [DataMember(Order = 6)]
    public ImmutableArray<SwappedBattery> Batteries { get => field.IsDefault ? [] : field; init; } = Batteries;
}

[Journaled("cp-batteries-swapped"), DataContract]
public sealed record BatteriesSwapped(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] int Swap,
    [property: DataMember(Order = 3)] SwapStep Step,
    [property: DataMember(Order = 4)] string? Token,
    ImmutableArray<SwappedBattery> Batteries,
    [property: DataMember(Order = 6)] DateTimeOffset At) : ChargePointEvent
{
    [DataMember(Order = 5)]
    public ImmutableArray<SwappedBattery> Batteries { get => field.IsDefault ? [] : field; init; } = Batteries;
}

/// <summary>A step of a swap that was kept.</summary>
/// <param name="Key">Of what it said.</param>
[DataContract]
public readonly record struct HeardSwap(
    [property: DataMember(Order = 1)] ulong Key,
    [property: DataMember(Order = 2)] DateTimeOffset At);

/// <summary>The charger shall swap batteries for a token (OCPP 2.1, S04).</summary>
/// <param name="Swap">By which its steps are known; 0 until the charge point has given it one.</param>
[DataContract]
public sealed record SwapBattery(
    [property: DataMember(Order = 1)] string Token,
    [property: DataMember(Order = 2)] int Swap = 0) : StationRequest
{
    // A driver takes his own batteries out of the vehicle first.
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    public override string Verb => "swap-battery";

    public override StationRequest Complete(ChargePoint state) => this with
    {
        Swap = state.LastSwap is > 0 and < int.MaxValue ? state.LastSwap + 1 : 1,
    };

    public override TimeSpan? EffectWithin(Outcome? outcome) => Within;

    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) =>
        @event is BatteriesSwapped { Step: not SwapStep.OutTimeout } e && e.Swap == Swap;

    public override string WhyNoEffect(ChargePoint state) =>
        "The charger said yes, and no battery was given or taken."
        + (state.Session is null ? " It has gone offline since." : "");
}

/// <summary>The charger will swap batteries for a token.</summary>
[DataContract]
public sealed record SwapAgreed(
    [property: DataMember(Order = 1)] int Swap,
    [property: DataMember(Order = 2)] string Token) : Outcome;
