using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;

namespace Moovolt.Api;

/// <summary>
/// The keys that operators come with: several, so that one can be rotated while the other still works. Only digests
/// are kept, and every one is compared with what was shown, whatever the others said.
/// </summary>
public sealed class OperatorKeys
{
    private const string Nameless = "operator";

    private readonly ImmutableArray<(string Name, byte[] Digest)> _keys;

    private OperatorKeys(ImmutableArray<(string, byte[])> keys) => _keys = keys;

    /// <summary>Reads <c>name:key</c> or bare keys, separated by commas.</summary>
    /// <exception cref="FormatException">There is no key, or an empty one.</exception>
    public static OperatorKeys Parse(string text)
    {
        var keys = text
            .Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)
            .Select(Read)
            .ToImmutableArray();
        return keys.IsEmpty
            ? throw new FormatException("MOOVOLT_OPERATOR_KEY is empty: give at least one key, as key or name:key.")
            : new OperatorKeys(keys);
    }

    /// <summary>Whose key this is; null when it is nobody's.</summary>
    public string? NameOf(string key)
    {
        var shown = Digest(key);
        string? name = null;
        foreach (var known in _keys)
        {
            if (CryptographicOperations.FixedTimeEquals(known.Digest, shown)) name = known.Name;
        }

        return name;
    }

    private static (string Name, byte[] Digest) Read(string entry)
    {
        var colon = entry.IndexOf(':', StringComparison.Ordinal);
        var name = colon < 0 ? Nameless : entry[..colon].Trim();
        var key = entry[(colon + 1)..].Trim();
        return name.Length == 0 || key.Length == 0
            ? throw new FormatException(
                "MOOVOLT_OPERATOR_KEY has an entry without a name or without a key: write key or name:key.")
            : (name, Digest(key));
    }

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
