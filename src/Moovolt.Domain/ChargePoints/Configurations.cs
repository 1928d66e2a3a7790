using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

/// <summary>What is known of a charger's configuration: what it last told, and what it has taken since.</summary>
public static class Configurations
{
    /// <summary>
    /// More keys than any charger has: a charger that makes them up may not grow its entity for ever.
    /// </summary>
    public const int Most = 500;

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
        Apply(known, new ConfigurationRead([.. written.All()], []));

    /// <summary>A report tells thousands of variables: only what limits us is known here.</summary>
    internal static ImmutableArray<ConfigurationItem> Apply(
        ImmutableArray<ConfigurationItem> known, ModelPartReported part) =>
        part.Limits.IsEmpty ? known : Apply(known, new ConfigurationRead(part.Limits, []));

    internal static ImmutableArray<ConfigurationItem> Apply(
        ImmutableArray<ConfigurationItem> known, ConfigurationUnknown unknown) =>
        known.RemoveAll(item => Same(item.Key, unknown.Key));

    private static bool Same(string one, string other) => string.Equals(one, other, StringComparison.OrdinalIgnoreCase);
}
