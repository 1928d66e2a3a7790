using System.Globalization;

namespace Moovolt.Node.Care;

/// <summary>
/// How many files this process may have open. Each charger holds one; a process that has used up all of them cannot even
/// ask its journal whether it is there, and cannot load what it has not loaded yet.
/// </summary>
internal static class OpenFiles
{
    /// <summary>
    /// What a node opens beside its chargers: measured, 350 of its own (each assembly is two), and the database, other
    /// members, operators, and chargers that knock.
    /// </summary>
    private const long BesideChargers = 500;

    private const string Limits = "/proc/self/limits";

    /// <summary>The limit; null where it is not known (only Linux says it in /proc).</summary>
    public static long? Most()
    {
        if (!File.Exists(Limits)) return null;
        var line = File.ReadLines(Limits).FirstOrDefault(each => each.StartsWith("Max open files", StringComparison.Ordinal));
        var words = line?.Split(' ', StringSplitOptions.RemoveEmptyEntries);
        return words is [_, _, _, _, var hard, ..] && long.TryParse(hard, NumberStyles.None, CultureInfo.InvariantCulture, out var most)
            ? most
            : null;
    }

    /// <summary>How many chargers a node has room for that may open so many files: one at least.</summary>
    public static int RoomFor(long most) => (int)Math.Clamp(most - BesideChargers, 1, int.MaxValue);
}
