using System.Text.Unicode;

namespace Moovolt.Ocpp;

/// <summary>
/// Repairs text that is lawful JSON but that no later reader could hold: half a surrogate pair is no character, and a
/// NUL cannot be stored by PostgreSQL. Both become U+FFFD, in place, so that nothing behind this line can choke on
/// them.
/// </summary>
internal static class Mending
{
    private const int EscapeLength = 6; // \uXXXX

    /// <summary>
    /// The text without byte order mark and C's terminator, repaired; false when it is not UTF-8 at all.
    /// </summary>
    public static bool TryMend(ReadOnlySpan<byte> utf8, out ReadOnlySpan<byte> mended)
    {
        mended = utf8.TrimEnd((byte)0);
        if (mended.StartsWith("\uFEFF"u8)) mended = mended[3..];
        if (!Utf8.IsValid(mended)) return false;
        if (IndexOfFlaw(mended, 0) is var flaw and >= 0) mended = Mend(mended.ToArray(), flaw);
        return true;
    }

    /// <summary>What <see cref="TryMend"/> takes away before anybody reads.</summary>
    public static FrameFlaws FlawsOf(ReadOnlySpan<byte> utf8) =>
        (utf8.StartsWith("\uFEFF"u8) ? FrameFlaws.ByteOrderMark : FrameFlaws.None)
        | (utf8.EndsWith((byte)0) ? FrameFlaws.TrailingNul : FrameFlaws.None);

    /// <summary>Whether the text holds an escape that <see cref="TryMend"/> would have to repair.</summary>
    public static bool IsFlawed(ReadOnlySpan<byte> utf8) => IndexOfFlaw(utf8, 0) >= 0;

    private static byte[] Mend(byte[] text, int flaw)
    {
        for (; flaw >= 0; flaw = IndexOfFlaw(text, flaw + EscapeLength)) "\\ufffd"u8.CopyTo(text.AsSpan(flaw));
        return text;
    }

    private static int IndexOfFlaw(ReadOnlySpan<byte> text, int from)
    {
        while (from < text.Length && text[from..].IndexOf((byte)'\\') is var step and >= 0)
        {
            from += step;
            if (!IsEscape(text, from, out var unit)) from += 2;
            else if (char.IsHighSurrogate(unit)
                && IsEscape(text, from + EscapeLength, out var low) && char.IsLowSurrogate(low))
                from += 2 * EscapeLength;
            else if (unit == 0 || char.IsSurrogate(unit)) return from;
            else from += EscapeLength;
        }

        return -1;
    }

    private static bool IsEscape(ReadOnlySpan<byte> text, int at, out char unit)
    {
        unit = default;
        if (at + EscapeLength > text.Length || text[at] != '\\' || text[at + 1] != 'u') return false;
        var value = 0;
        foreach (var digit in text.Slice(at + 2, 4))
        {
            if (!char.IsAsciiHexDigit((char)digit)) return false;
            value = (value << 4) | Convert.ToInt32(((char)digit).ToString(), 16);
        }

        unit = (char)value;
        return true;
    }
}
