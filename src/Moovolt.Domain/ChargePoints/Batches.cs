using System.Collections.Immutable;
using System.Text;

namespace Moovolt.Domain.ChargePoints;

/// <summary>How much of what is to be said fits into one message, by what a charger says that it takes.</summary>
internal static class Batches
{
    /// <summary>
    /// Bytes, at most: an entry's names of members, its brackets, and the numbers of a place. What would fit is never
    /// counted too small; a message may hold fewer than would fit.
    /// </summary>
    private const int AroundEntry = 200;

    private const int AroundMessage = 200;

    /// <summary>The number of entries that go first: at least one.</summary>
    /// <param name="text">All of an entry's own text.</param>
    /// <param name="most">Entries; null, or senseless, when the charger does not say.</param>
    /// <param name="bytes">Of a message; null, or senseless, when the charger does not say.</param>
    public static int Fit<T>(ImmutableArray<T> entries, Func<T, string> text, int? most, int? bytes)
    {
        var fit = most is > 0 and { } told ? Math.Min(told, entries.Length) : entries.Length;
        if (bytes is not (> 0 and { } room)) return fit;
        var size = AroundMessage;
        for (var n = 0; n < fit; n++)
        {
            size += AroundEntry + Encoding.UTF8.GetByteCount(text(entries[n]));
            if (size > room) return Math.Max(n, Math.Min(1, fit));
        }

        return fit;
    }
}
