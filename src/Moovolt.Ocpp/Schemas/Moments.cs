namespace Moovolt.Ocpp.Schemas;

/// <summary>
/// Reads a moment in any form of ISO 8601 that chargers write: with and without separators, seconds, fraction or
/// offset. Without an offset it is UTC. Leap seconds are the next second. Years that cannot be meant are unreadable.
/// </summary>
internal static class Moments
{
    private const int FirstYear = 1970; // a charger whose clock was never set
    private const int LastYear = 2199;

    public static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset moment) => TryRead(text, out moment, out _);

    /// <param name="hasOffset">False when it was taken for UTC because it says nothing else.</param>
    public static bool TryRead(ReadOnlySpan<byte> text, out DateTimeOffset moment, out bool hasOffset)
    {
        (moment, hasOffset) = (default, false);
        var cursor = new Cursor(text.Trim((byte)' '));
        if (!TryReadDate(ref cursor, out var date)) return false;
        if (cursor.AtEnd)
        {
            moment = new DateTimeOffset(date, TimeSpan.Zero);
            return true;
        }

        if (!cursor.Skip("Tt "u8) || !TryReadTime(ref cursor, out var time)) return false;
        cursor.Skip(" "u8);
        hasOffset = !cursor.AtEnd;
        if (!TryReadOffset(ref cursor, out var offset) || !cursor.AtEnd) return false;
        moment = new DateTimeOffset(date, TimeSpan.Zero) + time - offset;
        return true;
    }

    private static bool TryReadDate(ref Cursor cursor, out DateTime date)
    {
        date = default;
        if (!cursor.Digits(4, out var year) || year is < FirstYear or > LastYear) return false;
        var extended = cursor.Skip("-/"u8);
        if (!cursor.Digits(2, out var month) || month is < 1 or > 12) return false;
        if (cursor.Skip("-/"u8) != extended) return false;
        if (!cursor.Digits(2, out var day) || day < 1 || day > DateTime.DaysInMonth(year, month)) return false;
        date = new DateTime(year, month, day);
        return true;
    }

    private static bool TryReadTime(ref Cursor cursor, out TimeSpan time)
    {
        time = default;
        if (!cursor.Digits(2, out var hour) || hour > 24) return false;
        cursor.Skip(":"u8);
        if (!cursor.Digits(2, out var minute) || minute > 59) return false;
        var second = 0;
        if (cursor.Skip(":"u8) || cursor.AtDigit)
        {
            if (!cursor.Digits(2, out second) || second > 60) return false;
        }

        var ticks = 0L;
        if (cursor.Skip(".,"u8) && !cursor.Fraction(out ticks)) return false;
        time = new TimeSpan(hour, minute, second) + TimeSpan.FromTicks(ticks);
        return time <= TimeSpan.FromHours(24) + TimeSpan.FromSeconds(1);
    }

    private static bool TryReadOffset(ref Cursor cursor, out TimeSpan offset)
    {
        offset = TimeSpan.Zero;
        if (cursor.AtEnd || cursor.Skip("Zz"u8)) return true;
        var west = cursor.Skip("-"u8);
        if (!west && !cursor.Skip("+"u8)) return false;
        if (!cursor.Digits(2, out var hours) || hours > 23) return false;
        cursor.Skip(":"u8);
        var minutes = 0;
        if (cursor.AtDigit && (!cursor.Digits(2, out minutes) || minutes > 59)) return false;
        offset = new TimeSpan(hours, minutes, 0) * (west ? -1 : 1);
        cursor.Skip("Zz"u8); // some write both
        return true;
    }

    private ref struct Cursor(ReadOnlySpan<byte> text)
    {
        private ReadOnlySpan<byte> rest = text;

        public readonly bool AtEnd => rest.IsEmpty;

        public readonly bool AtDigit => !rest.IsEmpty && char.IsAsciiDigit((char)rest[0]);

        public bool Skip(ReadOnlySpan<byte> anyOf)
        {
            if (rest.IsEmpty || !anyOf.Contains(rest[0])) return false;
            rest = rest[1..];
            return true;
        }

        public bool Digits(int count, out int number)
        {
            number = 0;
            for (var i = 0; i < count; i++)
            {
                if (!AtDigit) return false;
                number = (number * 10) + (rest[0] - '0');
                rest = rest[1..];
            }

            return true;
        }

        /// <summary>Digits behind the point, in ticks; what is finer than a tick is left out.</summary>
        public bool Fraction(out long ticks)
        {
            ticks = 0;
            if (!AtDigit) return false;
            for (var unit = TimeSpan.TicksPerSecond / 10; AtDigit; unit /= 10)
            {
                ticks += (rest[0] - '0') * unit;
                rest = rest[1..];
            }

            return true;
        }
    }
}
