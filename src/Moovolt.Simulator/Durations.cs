using System.Globalization;

namespace Moovolt.Simulator;

/// <summary>How people write durations on a command line: 500ms, 60s, 5m, 1h; a bare number is seconds.</summary>
internal static class Durations
{
    public static bool TryParse(string text, out TimeSpan duration)
    {
        var digits = text.TrimEnd([.. "mshMSH"]);
        TimeSpan? unit = text[digits.Length..].ToUpperInvariant() switch
        {
            "MS" => TimeSpan.FromMilliseconds(1),
            "S" or "" => TimeSpan.FromSeconds(1),
            "M" => TimeSpan.FromMinutes(1),
            "H" => TimeSpan.FromHours(1),
            _ => null,
        };
        duration = TimeSpan.Zero;
        if (unit is not { } one
            || !double.TryParse(digits, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out var count)
            || count * one.TotalDays > 30) // longer than timers count, and than anybody means
            return false;
        duration = one * count;
        return true;
    }
}
