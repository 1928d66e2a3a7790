using System.Globalization;

namespace Moovolt.Domain.Transactions;

/// <summary>
/// Numbers as chargers write them in text: plain, or padded with blanks, or in the manner of the maker's country
/// ("1 234,5", "1.234,5", "1,234.5", "1'234"). OCPP asks for the plain form; the others are read and said.
/// </summary>
public static class MeterText
{
    private const int Longest = 40; // no number is longer; what is longer is not read at all

    /// <summary>Reads a number; false when it is none.</summary>
    /// <param name="text">As sent.</param>
    /// <param name="number">The number, when true.</param>
    public static bool TryRead(string? text, out decimal number) =>
        TryReadPlain(text, out number) || (Plain(text) is { } plain && TryReadPlain(plain, out number));

    /// <summary>Whether a text is a number, but not in the form that OCPP has.</summary>
    public static bool IsLocalised(string? text) =>
        !TryReadPlain(text, out _) && Plain(text) is { } plain && TryReadPlain(plain, out _);

    private static bool TryReadPlain(string? text, out decimal number) =>
        decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out number);

    // Of two kinds of marks the last one is the decimal mark. One kind alone is the decimal mark when it is there once.
    private static string? Plain(string? text)
    {
        if (text is null or { Length: > Longest }) return null;
        var digits = string.Concat(text.Where(c => !char.IsWhiteSpace(c) && c is not ('\'' or '’')));
        var (point, comma) = (digits.LastIndexOf('.'), digits.LastIndexOf(','));
        var mark = Math.Max(point, comma);
        if (mark < 0) return digits;
        var both = point >= 0 && comma >= 0;
        var once = digits.Count(c => c is '.' or ',') == 1;
        var whole = string.Concat(digits[..mark].Where(c => c is not ('.' or ',')));
        return both || once ? $"{whole}.{digits[(mark + 1)..]}" : whole + digits[(mark + 1)..];
    }
}
