using System.Buffers.Text;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Moovolt.ReadModel.Storage;

/// <summary>A cursor that this list never gave: a refusal for the caller, not a bug.</summary>
public sealed class UnknownCursorException() : FormatException("The cursor is not one that this list gave.");

/// <summary>
/// Where a list goes on: the sort key of the last row that was seen, so that rows which come or go in the meantime
/// neither repeat nor hide another.
/// </summary>
internal static class Cursor
{
    /// <summary>The most rows of one page, and one more to see whether there is a next one.</summary>
    public const int MostRows = 1000;

    public static string Write(string list, params string[] key) =>
        Base64Url.EncodeToString(JsonSerializer.SerializeToUtf8Bytes<string[]>([list, .. key]));

    /// <summary>Reads a cursor of this list; null at its beginning.</summary>
    /// <exception cref="UnknownCursorException">It is not one of this list's.</exception>
    public static string[]? Read(string list, string? cursor, int parts)
    {
        if (cursor is null) return null;
        try
        {
            var read = JsonSerializer.Deserialize<string[]>(Base64Url.DecodeFromUtf8(Encoding.UTF8.GetBytes(cursor)));
            if (read?.Length == parts + 1 && read[0] == list && !read.Contains(null)) return read[1..];
        }
        catch (Exception e) when (e is FormatException or JsonException)
        {
            // said below
        }

        throw new UnknownCursorException();
    }

    /// <summary>As <see cref="Read"/>, for a list whose key begins with a number.</summary>
    public static long Number(string part) =>
        long.TryParse(part, CultureInfo.InvariantCulture, out var number) ? number : throw new UnknownCursorException();

    /// <summary>How many rows to read for a page of <paramref name="limit"/>.</summary>
    public static long Fetch(int limit) => Math.Clamp(limit, 1, MostRows) + 1L;

    /// <summary>Makes the page of what was read: one row more than fits says that there is a next page.</summary>
    public static Page<T> PageOf<T>(List<T> rows, int limit, Func<T, string> cursorOf)
    {
        var fits = Math.Clamp(limit, 1, MostRows);
        return rows.Count <= fits
            ? new Page<T>([.. rows], null)
            : new Page<T>([.. rows.Take(fits)], cursorOf(rows[fits - 1]));
    }
}
