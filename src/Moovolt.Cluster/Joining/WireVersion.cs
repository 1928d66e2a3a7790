using System.Globalization;

namespace Moovolt.Cluster.Joining;

/// <summary>
/// Which messages between members a program understands. Members may differ by one minor, so that an upgrade can go
/// member by member; a node that differs by more does not join.
/// </summary>
/// <param name="Major">Raised when members of the version before could not serve beside this one at all.</param>
/// <param name="Minor">
/// Raised, once per release, when anything that members say to each other or store has changed: a message, an event or
/// a member of one is new. The release that reads something new comes one before the release that depends on it.
/// </param>
public sealed record WireVersion(int Major, int Minor)
{
    /// <summary>This program's. 0.1 was the whole of OCPP 1.6, 2.0.1 and 2.1; 0.2 says who charges.</summary>
    public static readonly WireVersion Current = new(0, 2);

    /// <summary>Whether members of both may serve side by side.</summary>
    public bool Understands(WireVersion other) => Major == other.Major && Math.Abs(Minor - other.Minor) <= 1;

    /// <summary>Reads the first two numbers of a version, as programs of any version have written theirs.</summary>
    /// <returns>Null for what begins with no two numbers.</returns>
    public static WireVersion? Parse(string text)
    {
        var parts = text.Split('.', '+', '-');
        return parts.Length >= 2
            && int.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out var major)
            && int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out var minor)
                ? new WireVersion(major, minor)
                : null;
    }

    public override string ToString() => $"{Major}.{Minor}";
}
