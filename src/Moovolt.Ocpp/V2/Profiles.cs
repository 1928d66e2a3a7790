using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Schedule = Moovolt.Domain.ChargePoints.ChargingSchedule;
using Wire = Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2;

/// <summary>Charging profiles from the words of 2.x to the domain's, and back. The domain has one schedule per profile.</summary>
internal static class Profiles
{
    public static Wire.ChargingProfile ToWire(ChargingProfile profile) => new(
        profile.Id,
        profile.StackLevel,
        Word(profile.Purpose),
        profile.Kind.ToString(),
        [
            new Wire.ChargingSchedule(
                profile.Id, // unique within its profile, which has one
                Word(profile.Schedule.Unit),
                [
                    .. profile.Schedule.Periods.Select(period =>
                        new Wire.ChargingSchedulePeriod(period.StartSeconds, Limit: period.Limit, NumberPhases: period.Phases)),
                ],
                StartSchedule: profile.Schedule.StartAt,
                Duration: profile.Schedule.DurationSeconds,
                MinChargingRate: profile.Schedule.MinRate),
        ],
        RecurrencyKind: profile.Recurrency?.ToString(),
        ValidFrom: profile.ValidFrom,
        ValidTo: profile.ValidTo,
        TransactionId: profile.Transaction);

    /// <summary>A profile that was sent, and so was checked; of several schedules the first.</summary>
    public static ChargingProfile Of(Wire.ChargingProfile profile) => new(
        profile.Id,
        Purpose(profile.ChargingProfilePurpose),
        profile.StackLevel,
        Enum.TryParse<ProfileKind>(profile.ChargingProfileKind, out var kind) ? kind : ProfileKind.Absolute,
        Enum.TryParse<ProfileRecurrency>(profile.RecurrencyKind, out var recurrency) ? recurrency : null,
        profile.ValidFrom,
        profile.ValidTo,
        profile.TransactionId,
        Of(profile.ChargingSchedule[0]),
        profile.ChargingProfileKind == "Dynamic" ? LimitsOf(profile.ChargingSchedule[0].ChargingSchedulePeriod[0]) : null);

    /// <summary>The limits that a dynamic profile is given while it is in force.</summary>
    public static ScheduleLimits Of(Wire.ChargingScheduleUpdate update) => new(
        update.Limit, update.Limit_L2, update.Limit_L3,
        update.DischargeLimit, update.DischargeLimit_L2, update.DischargeLimit_L3,
        update.Setpoint, update.Setpoint_L2, update.Setpoint_L3,
        update.SetpointReactive, update.SetpointReactive_L2, update.SetpointReactive_L3);

    public static Wire.ChargingScheduleUpdate ToWire(ScheduleLimits limits) => new(
        limits.Limit, limits.LimitL2, limits.LimitL3,
        limits.DischargeLimit, limits.DischargeLimitL2, limits.DischargeLimitL3,
        limits.Setpoint, limits.SetpointL2, limits.SetpointL3,
        limits.SetpointReactive, limits.SetpointReactiveL2, limits.SetpointReactiveL3);

    // A dynamic profile has one period (K28).
    private static ScheduleLimits LimitsOf(Wire.ChargingSchedulePeriod period) => new(
        period.Limit, period.Limit_L2, period.Limit_L3,
        period.DischargeLimit, period.DischargeLimit_L2, period.DischargeLimit_L3,
        period.Setpoint, period.Setpoint_L2, period.Setpoint_L3,
        period.SetpointReactive, period.SetpointReactive_L2, period.SetpointReactive_L3);

    public static Schedule Of(Wire.ChargingSchedule schedule) => new(
        Unit(schedule.ChargingRateUnit),
        schedule.Duration,
        schedule.StartSchedule,
        schedule.MinChargingRate,
        Of(schedule.ChargingSchedulePeriod));

    public static ImmutableArray<SchedulePeriod> Of(ImmutableArray<Wire.ChargingSchedulePeriod> periods) =>
    [
        .. periods.Take(Schedule.MostPeriods)
            .Select(period => new SchedulePeriod(period.StartPeriod, period.Limit ?? 0, period.NumberPhases)),
    ];

    public static string Word(ProfilePurpose purpose) => purpose switch
    {
        ProfilePurpose.ChargePointMax => "ChargingStationMaxProfile",
        ProfilePurpose.Default => "TxDefaultProfile",
        _ => "TxProfile",
    };

    // What is a limit from outside holds for the whole charging station.
    public static ProfilePurpose Purpose(string word) => word switch
    {
        "TxDefaultProfile" => ProfilePurpose.Default,
        "TxProfile" => ProfilePurpose.Transaction,
        _ => ProfilePurpose.ChargePointMax,
    };

    public static string Word(RateUnit unit) => unit == RateUnit.Amperes ? "A" : "W";

    public static RateUnit Unit(string word) => word == "A" ? RateUnit.Amperes : RateUnit.Watts;
}
