using System.Collections.Immutable;

namespace Moovolt.Ocpp.Compliance;

/// <summary>What a make of charger is known to do, and what is done about it. Data: see hocon/quirks.conf.</summary>
/// <param name="Name">Stable and kebab-case: operators choose by it, and it is stored.</param>
/// <param name="Vendor">
/// A pattern for what the charger says at boot, in any case, * for any text; null: any or none.
/// </param>
/// <param name="Model">Such a pattern.</param>
/// <param name="Firmware">Such a pattern.</param>
/// <param name="Zone">For <see cref="Tolerances.LocalTime"/>.</param>
/// <param name="Source">Where it was seen.</param>
public sealed record QuirkProfile(
    string Name,
    string? Vendor,
    string? Model,
    string? Firmware,
    Tolerances Tolerances,
    TimeZoneInfo Zone,
    string Source)
{
    /// <summary>How many patterns it has: of two profiles that fit, the one that says more is meant.</summary>
    public int Precision => (Vendor is null ? 0 : 1) + (Model is null ? 0 : 1) + (Firmware is null ? 0 : 1);

    /// <summary>A profile without any pattern fits nobody: it is there to be chosen.</summary>
    public bool Fits(string? vendor, string? model, string? firmware) =>
        Precision > 0 && Matches(Vendor, vendor) && Matches(Model, model) && Matches(Firmware, firmware);

    // Text between stars, in order; a boot's words are short, and so are patterns.
    private static bool Matches(string? pattern, string? text)
    {
        if (pattern is null) return true;
        if (text is null) return false;
        var parts = pattern.Split('*');
        if (parts.Length == 1) return text.Equals(pattern, StringComparison.OrdinalIgnoreCase);
        if (!text.StartsWith(parts[0], StringComparison.OrdinalIgnoreCase)) return false;

        var at = parts[0].Length;
        foreach (var part in parts[1..^1])
        {
            var found = text.IndexOf(part, at, StringComparison.OrdinalIgnoreCase);
            if (found < 0) return false;
            at = found + part.Length;
        }

        return text.Length - at >= parts[^1].Length && text.EndsWith(parts[^1], StringComparison.OrdinalIgnoreCase);
    }
}

/// <summary>All quirk profiles of a node.</summary>
/// <param name="Version">Of the file: which knowledge a report was made with.</param>
public sealed record QuirkProfiles(int Version, ImmutableArray<QuirkProfile> All)
{
    /// <summary>What an operator chooses for a charger that no profile shall be found for.</summary>
    public const string NoProfile = "none";

    public static readonly QuirkProfiles Nobody = new(0, []);

    public QuirkProfile? Find(string name) => All.FirstOrDefault(profile => profile.Name == name);

    /// <summary>
    /// The profile of a charger: the one that its operator chose (one that is gone from the file counts as none), else
    /// the most precise one that fits what it said at boot; of two such, the first by name.
    /// </summary>
    public QuirkProfile? Choose(string? chosen, string? vendor, string? model, string? firmware)
    {
        if (chosen is not null) return Find(chosen);
        QuirkProfile? best = null;
        foreach (var profile in All)
        {
            if (!profile.Fits(vendor, model, firmware)) continue;
            if (best is null || profile.Precision > best.Precision
                || (profile.Precision == best.Precision && string.CompareOrdinal(profile.Name, best.Name) < 0))
                best = profile;
        }

        return best;
    }
}
