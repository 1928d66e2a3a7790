using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Moovolt.Domain;

namespace Moovolt.Gateway.Handshakes;

/// <summary>
/// The address that a charger connects to, <c>/ocpp/{identity}</c>, read from the request line as it came: what the
/// server makes of a path (dot segments, slashes) must not decide who a charger is. Repeated and trailing slashes are
/// forgiven, since chargers add them when their installer has typed one.
/// </summary>
internal static class ChargerPath
{
    private const string Root = "ocpp";

    /// <summary>True when the request is meant for chargers, whether its identity can be read or not.</summary>
    public static bool IsOurs(string? target)
    {
        var segments = PathOf(target).Trim('/');
        var slash = segments.IndexOf('/');
        return (slash < 0 ? segments : segments[..slash]).Equals(Root, StringComparison.OrdinalIgnoreCase);
    }

    public static bool TryRead(string? target, [NotNullWhen(true)] out ChargePointId? id)
    {
        id = null;
        if (!IsOurs(target)) return false;
        var identity = PathOf(target).Trim('/')[Root.Length..].TrimStart('/');
        return !identity.Contains('/') && TryDecode(identity, out var decoded)
            && ChargePointId.TryParse(decoded, out id);
    }

    /// <summary>True for the slashes that are forgiven: doubled ones, and one behind the identity.</summary>
    public static bool HasStraySlash(string? target)
    {
        var path = PathOf(target);
        return path.EndsWith('/') || path.Contains("//", StringComparison.Ordinal);
    }

    /// <summary>The path for people to read: bounded, and without the query, where some put a password.</summary>
    public static string Printable(string? target)
    {
        var path = PathOf(target);
        return new string(path[..Math.Min(path.Length, 200)]);
    }

    private static ReadOnlySpan<char> PathOf(string? target)
    {
        var path = target.AsSpan();
        var query = path.IndexOfAny('?', '#');
        return query < 0 ? path : path[..query];
    }

    // Once only: what is still encoded after that is not an identity. Nor is anything beyond ASCII.
    private static bool TryDecode(ReadOnlySpan<char> encoded, [NotNullWhen(true)] out string? decoded)
    {
        decoded = null;
        Span<char> characters = stackalloc char[48];
        var length = 0;
        for (var i = 0; i < encoded.Length; i++)
        {
            if (length == characters.Length) return false;
            if (encoded[i] != '%')
            {
                characters[length++] = encoded[i];
                continue;
            }

            if (i + 2 >= encoded.Length || !char.IsAsciiHexDigit(encoded[i + 1])
                || !char.IsAsciiHexDigit(encoded[i + 2]))
                return false;
            characters[length++] =
                (char)byte.Parse(encoded.Slice(i + 1, 2), NumberStyles.HexNumber, CultureInfo.InvariantCulture);
            i += 2;
        }

        decoded = new string(characters[..length]);
        return true;
    }
}
