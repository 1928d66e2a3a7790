using System.Collections.Immutable;
using System.Globalization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>What is known of a charger's configuration: what it last told, and what it has taken since.</summary>
public static class Configurations
{
    /// <summary>
    /// More keys than any charger has: a charger that makes them up may not grow its entity for ever.
    /// </summary>
    public const int Most = 500;

    /// <summary>The value of a key, in whatever case the charger writes it; null while it is not known.</summary>
    public static string? Value(this ChargePoint state, string key) =>
        state.Configuration.FirstOrDefault(item => Same(item.Key, key))?.Value;

    /// <summary>The value of a key that is a whole number; null while it is not known, or is none.</summary>
    public static int? Number(this ChargePoint state, string key) =>
        int.TryParse(state.Value(key), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number)
            ? number : null;

    /// <summary>The value of a key that is true or false; null while it is not known, or is neither.</summary>
    public static bool? Flag(this ChargePoint state, string key) => bool.TryParse(state.Value(key), out var flag)
        ? flag : null;

    internal static ImmutableArray<ConfigurationItem> Apply(
        ImmutableArray<ConfigurationItem> known, ConfigurationRead read)
    {
        var told = new Dictionary<string, ConfigurationItem>(StringComparer.OrdinalIgnoreCase);
        foreach (var item in read.Items) told[item.Key] = item;
        var unknown = read.Unknown.ToHashSet(StringComparer.OrdinalIgnoreCase);

        var items = ImmutableArray.CreateBuilder<ConfigurationItem>(known.Length + told.Count);
        foreach (var item in known)
        {
            if (told.Remove(item.Key, out var newer)) items.Add(newer);
            else if (!unknown.Contains(item.Key)) items.Add(item);
        }

        return [.. items.Concat(told.Values).Take(Most)];
    }

    internal static ImmutableArray<ConfigurationItem> Apply(
        ImmutableArray<ConfigurationItem> known, ConfigurationWritten written) =>
        Apply(known, new ConfigurationRead([written.Item], []));

    internal static ImmutableArray<ConfigurationItem> Apply(
        ImmutableArray<ConfigurationItem> known, ConfigurationUnknown unknown) =>
        known.RemoveAll(item => Same(item.Key, unknown.Key));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
