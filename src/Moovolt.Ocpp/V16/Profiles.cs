using System.Globalization;
using Moovolt.Domain.ChargePoints;
using Profile = Moovolt.Domain.ChargePoints.ChargingProfile;
using Schedule = Moovolt.Domain.ChargePoints.ChargingSchedule;

namespace Moovolt.Ocpp.V16;

/// <summary>Charging profiles from the words of OCPP 1.6 to the domain's, and back.</summary>
internal static class Profiles
{
    /// <summary>1.6 numbers its transactions; null when the profile names one that has no number.</summary>
    public static ChargingProfile? ToWire(Profile profile)
    {
        int? transaction = null;
        if (profile.Transaction is { } localId)
        {
            if (!int.TryParse(localId, NumberStyles.None, CultureInfo.InvariantCulture, out var number)) return null;
            transaction = number;
        }

        return new ChargingProfile(
            profile.Id,
            transaction,
            profile.StackLevel,
            Word(profile.Purpose),
            profile.Kind.ToString(),
            profile.Recurrency?.ToString(),
            profile.ValidFrom,
            profile.ValidTo,
            new ChargingSchedule(
                profile.Schedule.DurationSeconds,
                profile.Schedule.StartAt,
                Word(profile.Schedule.Unit),
                [.. profile.Schedule.Periods.Select(period =>
                    new ChargingSchedulePeriod(period.StartSeconds, period.Limit, period.Phases))],
                profile.Schedule.MinRate));
    }

    public static string NoNumber(Profile profile) =>
        $"OCPP 1.6 numbers its transactions, and {profile.Transaction} is no such number.";

    /// <summary>A profile that was sent, and so was checked.</summary>
    public static Profile Of(ChargingProfile profile) => new(
        profile.ChargingProfileId,
        Purpose(profile.ChargingProfilePurpose),
        profile.StackLevel,
        Enum.Parse<ProfileKind>(profile.ChargingProfileKind),
        profile.RecurrencyKind is { } recurrency ? Enum.Parse<ProfileRecurrency>(recurrency) : null,
        profile.ValidFrom,
        profile.ValidTo,
        profile.TransactionId?.ToString(CultureInfo.InvariantCulture),
        Of(profile.ChargingSchedule)!); // a profile that was sent has one

    /// <summary>A schedule as it came, which may be none at all; cut at the most periods that are kept.</summary>
    public static Schedule? Of(ChargingSchedule? schedule)
    {
        if (schedule is null || schedule.ChargingSchedulePeriod.IsDefaultOrEmpty) return null;
        if (Unit(schedule.ChargingRateUnit) is not { } unit) return null;

        return new Schedule(
            unit,
            schedule.Duration,
            schedule.StartSchedule,
            schedule.MinChargingRate,
            [.. schedule.ChargingSchedulePeriod.Take(Schedule.MostPeriods).Select(period =>
                new SchedulePeriod(period.StartPeriod, period.Limit, period.NumberPhases))]);
    }

    public static string Word(ProfilePurpose purpose) => purpose switch
    {
        ProfilePurpose.ChargePointMax => "ChargePointMaxProfile",
        ProfilePurpose.Default => "TxDefaultProfile",
        _ => "TxProfile",
    };

    public static ProfilePurpose Purpose(string word) => word switch
    {
        "ChargePointMaxProfile" => ProfilePurpose.ChargePointMax,
        "TxDefaultProfile" => ProfilePurpose.Default,
        _ => ProfilePurpose.Transaction,
    };

    public static string Word(RateUnit unit) => unit == RateUnit.Amperes ? "A" : "W";

    private static RateUnit? Unit(string? word) => word switch
    {
        "A" => RateUnit.Amperes,
        "W" => RateUnit.Watts,
        _ => null,
    };
}
