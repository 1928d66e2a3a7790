using System.Globalization;
using System.Text.Json.Nodes;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.ReadModel.ChargingProfiles;

/// <summary>A charging profile in the words of the command that sets one, wherever it is shown.</summary>
internal static class ProfileWords
{
    public static JsonObject Of(ChargingProfile profile)
    {
        var words = new JsonObject
        {
            ["id"] = profile.Id,
            ["purpose"] = Word(profile.Purpose),
            ["stackLevel"] = profile.StackLevel,
            ["kind"] = Storage.Word.Of(profile.Kind),
        };
        if (profile.Recurrency is { } recurrency) words["recurrency"] = Storage.Word.Of(recurrency);
        if (profile.ValidFrom is { } from) words["validFrom"] = Moment(from);
        if (profile.ValidTo is { } to) words["validTo"] = Moment(to);
        if (profile.Transaction is { } transaction) words["transaction"] = transaction;
        words["schedule"] = Of(profile.Schedule);
        return words;
    }

    public static JsonObject Of(ChargingSchedule schedule)
    {
        var words = new JsonObject { ["unit"] = Word(schedule.Unit) };
        if (schedule.DurationSeconds is { } duration) words["durationSeconds"] = duration;
        if (schedule.StartAt is { } start) words["startAt"] = Moment(start);
        if (schedule.MinRate is { } rate) words["minRate"] = rate;
        words["periods"] = new JsonArray([.. schedule.Periods.Select(Of)]);
        return words;
    }

    public static string Word(ProfilePurpose purpose) => purpose switch
    {
        ProfilePurpose.ChargePointMax => "charge-point-max",
        ProfilePurpose.Default => "default",
        _ => "transaction",
    };

    public static string Word(RateUnit unit) => unit == RateUnit.Amperes ? "A" : "W";

    private static JsonObject Of(SchedulePeriod period)
    {
        var words = new JsonObject { ["startSeconds"] = period.StartSeconds, ["limit"] = period.Limit };
        if (period.Phases is { } phases) words["phases"] = phases;
        return words;
    }

    private static string Moment(DateTimeOffset at) =>
        at.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.FFFFFF'Z'", CultureInfo.InvariantCulture);
}
