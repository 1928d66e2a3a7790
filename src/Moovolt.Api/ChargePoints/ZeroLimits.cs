using Moovolt.Api.Commands;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.ChargingProfiles;

namespace Moovolt.Api.ChargePoints;

/// <summary>Which charging profiles allow nothing at a moment (OCPP 1.6, 3.13). Pure.</summary>
internal static class ZeroLimits
{
    /// <summary>
    /// Of those for the same place and purpose the highest stack level that is in force counts. One that counts from
    /// a moment that only the charger knows is told of when it allows nothing at any time.
    /// </summary>
    public static IEnumerable<ChargingProfileRow> In(IEnumerable<ChargingProfileRow> profiles, DateTimeOffset now) => profiles
        .Where(row => row.AwaitedToken is null)
        .Select(row => (Row: row, Profile: Json.Read<ProfileShape>(row.Body)))
        .Select(held => (held.Row, held.Profile, Limit: LimitAt(held.Profile, now)))
        .Where(held => held.Limit is not null)
        .GroupBy(held => (held.Row.Evse, held.Row.Connector, held.Profile.Purpose))
        .Select(group => group.MaxBy(held => held.Profile.StackLevel))
        .Where(held => held.Limit == 0)
        .Select(held => held.Row);

    // Null when it is not in force, or nobody but the charger knows.
    private static decimal? LimitAt(ProfileShape profile, DateTimeOffset now)
    {
        if (profile.ValidFrom > now || profile.ValidTo <= now || profile.Schedule.Periods.IsDefaultOrEmpty) return null;
        var (schedule, periods) = (profile.Schedule, profile.Schedule.Periods);
        if (profile.Kind == ProfileKind.Relative || schedule.StartAt is not { } start)
            return periods.All(period => period.Limit == periods[0].Limit) ? periods[0].Limit : null;

        var seconds = (now - start).TotalSeconds;
        if (seconds < 0) return null;
        if (profile.Kind == ProfileKind.Recurring)
            seconds %= TimeSpan.FromDays(profile.Recurrency == ProfileRecurrency.Weekly ? 7 : 1).TotalSeconds;
        return seconds >= schedule.DurationSeconds ? null
            : periods.LastOrDefault(period => period.StartSeconds <= seconds)?.Limit;
    }
}
