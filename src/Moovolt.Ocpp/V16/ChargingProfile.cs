using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;
using Schedule = Moovolt.Domain.ChargePoints.ChargingSchedule;

namespace Moovolt.Ocpp.V16;

/// <summary>OCPP 1.6, 7.8: how much a charger may draw, and when.</summary>
public sealed record ChargingProfile(
    int ChargingProfileId,
    int? TransactionId,
    [SenselessBelow(0, IsTaken = true)] int StackLevel,
    [OneOf("ChargePointMaxProfile", "TxDefaultProfile", "TxProfile")] string ChargingProfilePurpose,
    [OneOf("Absolute", "Recurring", "Relative")] string ChargingProfileKind,
    [OneOf("Daily", "Weekly")] string? RecurrencyKind,
    DateTimeOffset? ValidFrom,
    DateTimeOffset? ValidTo,
    ChargingSchedule ChargingSchedule);

/// <summary>OCPP 1.6, 7.13.</summary>
public sealed record ChargingSchedule(
    int? Duration,
    DateTimeOffset? StartSchedule,
    [OneOf("A", "W")] string ChargingRateUnit,
    [MostSent(Schedule.MostPeriods)] ImmutableArray<ChargingSchedulePeriod> ChargingSchedulePeriod,
    [Decimals(1)] decimal? MinChargingRate);

/// <summary>OCPP 1.6, 7.14.</summary>
public sealed record ChargingSchedulePeriod(
    [SenselessBelow(0, IsTaken = true)] int StartPeriod,
    [Decimals(1), SenselessBelow(0, IsTaken = true)] decimal Limit,
    int? NumberPhases);
