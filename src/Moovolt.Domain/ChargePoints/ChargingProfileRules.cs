using System.Collections.Immutable;
using System.Globalization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>What the specification says of a profile before a charger sees it: a sentence for whoever asked.</summary>
internal static class ChargingProfileRules
{
    private const int Decimals = 1;

    /// <summary>Why a profile cannot be set there; null when it can.</summary>
    public static string? WhyNot(ChargePoint state, ConnectorId connector, ChargingProfile profile) =>
        WhyNotThere(state, connector, profile) ?? WhyNot(profile)
        ?? WhyBeyond(state, profile) ?? WhyNoRoom(state, connector, profile);

    /// <summary>Why a profile cannot come with a start (OCPP 1.6, 5.16.2; errata 3.41).</summary>
    public static string? WhyNotWithStart(ChargePoint state, ChargingProfile profile) => profile switch
    {
        { Purpose: not ProfilePurpose.Transaction } => "A profile that comes with a start is of purpose 'transaction'.",
        { Transaction: not null } => "A profile that comes with a start names no transaction: it gets its id later.",
        _ => WhyNot(profile) ?? WhyBeyond(state, profile) ?? WhyNoRoom(state, ConnectorId.ChargePoint, profile),
    };

    private static string? WhyNotThere(ChargePoint state, ConnectorId connector, ChargingProfile profile)
    {
        var isWhole = connector == ConnectorId.ChargePoint;
        return profile.Purpose switch
        {
            ProfilePurpose.ChargePointMax when !isWhole =>
                "A profile of purpose 'charge-point-max' is for the whole charge point: leave 'evse' out.",
            ProfilePurpose.Transaction when isWhole =>
                "A profile of purpose 'transaction' is for one connector: say which 'evse'.",
            not ProfilePurpose.Transaction when profile.Transaction is not null =>
                "Only a profile of purpose 'transaction' names a transaction.",
            _ when profile.Transaction is { } named
                && !state.Open.Any(open => open.LocalId == named && open.Connector == connector) =>
                $"Transaction {named} is not running on connector {connector}.",
            _ => null,
        };
    }

    private static string? WhyNot(ChargingProfile profile) => profile switch
    {
        { Id: < 0 } => "'id' begins at 1; leave it out, and Moovolt gives one.",
        { StackLevel: < 0 } => "'stackLevel' begins at 0.",
        { Kind: ProfileKind.Recurring, Recurrency: null } =>
            "A recurring profile says how often: 'recurrency' daily or weekly.",
        { Kind: not ProfileKind.Recurring, Recurrency: not null } => "Only a recurring profile has a 'recurrency'.",
        { Kind: ProfileKind.Relative, Schedule.StartAt: not null } =>
            "A relative profile has no 'startAt': it begins when the charger says, such as with the transaction.",
        _ when profile.ValidTo <= profile.ValidFrom => "'validTo' must be later than 'validFrom'.",
        _ => WhyNot(profile.Schedule),
    };

    private static string? WhyNot(ChargingSchedule schedule)
    {
        var periods = schedule.Periods;
        if (schedule.DurationSeconds <= 0) return "'durationSeconds' is at least 1.";
        if (schedule.MinRate is { } rate && WhyNoRate("minRate", rate) is { } why) return why;
        if (periods.IsEmpty) return "A schedule has at least one period.";
        if (periods.Length > ChargingSchedule.MostPeriods)
            return $"A schedule has at most {ChargingSchedule.MostPeriods} periods, not {periods.Length}.";
        if (periods[0].StartSeconds != 0) return "The first period begins at second 0.";
        for (var i = 0; i < periods.Length; i++)
        {
            if (i > 0 && periods[i].StartSeconds <= periods[i - 1].StartSeconds)
                return $"Periods follow one another: period {i + 1} must begin later than the one before it.";
            if (WhyNoRate("limit", periods[i].Limit) is { } wrong) return wrong;
            if (periods[i].Phases is < 1 or > 3) return "'phases' is 1, 2 or 3.";
        }

        return null;
    }

    private static string? WhyNoRate(string name, decimal rate) => rate < 0
        ? string.Create(CultureInfo.InvariantCulture, $"'{name}' is at least 0, not {rate}.")
        : decimal.Round(rate, Decimals) == rate
            ? null
            : string.Create(CultureInfo.InvariantCulture, $"'{name}' has at most one decimal, and {rate} has more.");

    // What the charger itself says it can (OCPP 1.6, 9.4), as far as its configuration is known.
    private static string? WhyBeyond(ChargePoint state, ChargingProfile profile)
    {
        var periods = profile.Schedule.Periods.Length;
        if (state.Number(ChargerLimit.StackLevel) is >= 0 and { } level && profile.StackLevel > level)
            return $"The charger takes stack levels up to {level} ({Its(state, ChargerLimit.StackLevel)}), not "
                + $"{profile.StackLevel}.";
        if (state.Number(ChargerLimit.SchedulePeriods) is > 0 and { } most && periods > most)
            return $"The charger takes up to {most} periods ({Its(state, ChargerLimit.SchedulePeriods)}), not {periods}.";
        return !Takes(state, profile.Schedule.Unit)
            ? $"The charger takes limits in {state.Value(ChargerLimit.RateUnits)} only ({Its(state, ChargerLimit.RateUnits)})."
            : null;
    }

    /// <summary>Whether the charger takes limits in that unit, as far as is known.</summary>
    public static bool Takes(ChargePoint state, RateUnit unit) =>
        state.Value(ChargerLimit.RateUnits) is not { } units || Allows(units, unit);

    private static string Its(ChargePoint state, ChargerLimit limit) => $"its {state.Item(limit)?.Key}";

    // Some chargers say Current and Power, some write the units themselves. What says neither forbids neither.
    private static bool Allows(string units, RateUnit unit)
    {
        var words = units.ToUpperInvariant().Split([',', ' ', ';', '"'], StringSplitOptions.RemoveEmptyEntries);
        var (amperes, watts) = (words.Any(word => word is "CURRENT" or "A"), words.Any(word => word is "POWER" or "W"));
        return amperes == watts || (unit == RateUnit.Amperes ? amperes : watts);
    }

    private static string? WhyNoRoom(ChargePoint state, ConnectorId connector, ChargingProfile profile)
    {
        var staying = state.Profiles.Count(known => !ChargingProfiles.Replaces(connector, profile, known));
        if (state.Number(ChargerLimit.Profiles) is > 0 and { } told && staying >= told)
            return $"The charger holds {staying} charging profiles and takes {told} "
                + $"({Its(state, ChargerLimit.Profiles)}): clear some first.";
        return staying < ChargingProfiles.Most
            ? null
            : $"The charger holds {staying} charging profiles already: clear some first.";
    }
}
