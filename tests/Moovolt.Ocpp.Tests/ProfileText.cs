using System.Globalization;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Ocpp.Tests;

/// <summary>
/// A charging profile in a line of a golden file: <c>id purpose level kind unit</c>, then periods as
/// <c>start:limit[:phases]</c> and what is optional as <c>name=value</c>.
/// </summary>
internal static class ProfileText
{
    public static ChargingProfile Read(string[] words)
    {
        var options = words.Where(word => word.Contains('=', StringComparison.Ordinal)).Select(word => word.Split('='))
            .ToDictionary(option => option[0], option => option[1]);
        return new ChargingProfile(
            Number(words[0]),
            Enum.Parse<ProfilePurpose>(words[1]),
            Number(words[2]),
            Enum.Parse<ProfileKind>(words[3]),
            options.TryGetValue("recurrency", out var recurrency) ? Enum.Parse<ProfileRecurrency>(recurrency) : null,
            Moment("from"),
            Moment("to"),
            options.GetValueOrDefault("transaction"),
            new ChargingSchedule(
                Enum.Parse<RateUnit>(words[4]),
                options.TryGetValue("duration", out var duration) ? Number(duration) : null,
                Moment("start"),
                options.TryGetValue("min", out var min) ? decimal.Parse(min, CultureInfo.InvariantCulture) : null,
                [.. words[5..].Where(word => !word.Contains('=', StringComparison.Ordinal)).Select(Period)]));

        DateTimeOffset? Moment(string name) =>
            options.TryGetValue(name, out var at) ? DateTimeOffset.Parse(at, CultureInfo.InvariantCulture) : null;
    }

    private static SchedulePeriod Period(string text) => text.Split(':') switch
    {
        [var start, var limit] => new(Number(start), decimal.Parse(limit, CultureInfo.InvariantCulture)),
        [var start, var limit, var phases] =>
            new(Number(start), decimal.Parse(limit, CultureInfo.InvariantCulture), Number(phases)),
        _ => throw new FormatException($"No period: {text}"),
    };

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}
