namespace Moovolt.Ocpp.Compliance;

/// <summary>
/// How one charger is heard: as chargers speak, to the letter, or with what its quirk profile forgives. Whoever keeps
/// to the specification is heard the same in all of them.
/// </summary>
/// <param name="Strict">
/// The specification's word counts: transaction messages too are refused, and nothing is forgiven. For conformance
/// runs.
/// </param>
/// <param name="Zone">The zone of times without an offset, with <see cref="Tolerances.LocalTime"/>; null: UTC.</param>
public sealed record Manner(bool Strict, Tolerances Tolerances, TimeZoneInfo? Zone)
{
    /// <summary>As chargers speak.</summary>
    public static readonly Manner Usual = new(false, Tolerances.None, null);

    /// <summary>Exactly the schemas: what we send, and what a charger in strict mode may send.</summary>
    public static readonly Manner ToTheLetter = new(true, Tolerances.None, null);

    private const long WattHoursOfKilo = 1000;

    /// <summary>Strict mode leaves no room for a profile.</summary>
    /// <param name="stands">The zone where the charger stands; null while nobody has said: its profile's.</param>
    public static Manner Of(bool strict, QuirkProfile? profile, TimeZoneInfo? stands = null) => strict ? ToTheLetter
        : profile is null ? Usual
        : new(
            false, profile.Tolerances,
            profile.Tolerances.HasFlag(Tolerances.LocalTime) ? stands ?? profile.Zone : null);

    public bool Has(Tolerances tolerance) => (Tolerances & tolerance) != 0;

    /// <summary>A register that is said to be in Wh, in Wh.</summary>
    internal long WattHours(long said) =>
        Has(Tolerances.KwhAsWh) && said <= long.MaxValue / WattHoursOfKilo ? said * WattHoursOfKilo : said;
}
