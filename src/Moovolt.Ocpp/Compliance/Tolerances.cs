namespace Moovolt.Ocpp.Compliance;

/// <summary>
/// What can be done for a charger that does not keep to the specification: a closed set, each with a meaning in code.
/// No charger has one by itself: a quirk profile gives them, and strict mode takes them away.
/// </summary>
[Flags]
public enum Tolerances
{
    /// <summary>Heard as any charger is.</summary>
    None = 0,

    /// <summary>A handshake that offers no subprotocol is one for OCPP 1.6.</summary>
    AssumeOcpp16 = 1,

    /// <summary>
    /// Pings need not be answered: a charger that sends no frame in three heartbeat intervals is cut instead.
    /// </summary>
    NoPings = 2,

    /// <summary>What can be read of any message is taken, as it is with transaction messages.</summary>
    LooseSchema = 4,

    /// <summary>A charger that has never booted here may speak all the same.</summary>
    CallsBeforeBoot = 8,

    /// <summary>A time without an offset is local time, in the zone of the profile.</summary>
    LocalTime = 16,

    /// <summary>Registers that are said to be in Wh, or in nothing, are in kWh.</summary>
    KwhAsWh = 32,
}

/// <summary>What the tolerances are called in files and in answers.</summary>
public static class ToleranceNames
{
    private static readonly (string Name, Tolerances Tolerance)[] Known =
    [
        ("assume-ocpp16", Tolerances.AssumeOcpp16),
        ("no-pings", Tolerances.NoPings),
        ("loose-schema", Tolerances.LooseSchema),
        ("calls-before-boot", Tolerances.CallsBeforeBoot),
        ("local-time", Tolerances.LocalTime),
        ("kwh-as-wh", Tolerances.KwhAsWh),
    ];

    /// <summary>Every name, in the order in which they matter: handshake, messages, values.</summary>
    public static IReadOnlyList<string> All { get; } = [.. Known.Select(known => known.Name)];

    public static IReadOnlyList<string> Of(Tolerances tolerances) =>
        [.. Known.Where(known => tolerances.HasFlag(known.Tolerance)).Select(known => known.Name)];

    /// <summary>The tolerance of that name, which is case-sensitive; null for none.</summary>
    public static Tolerances? Find(string name)
    {
        foreach (var known in Known)
        {
            if (known.Name == name) return known.Tolerance;
        }

        return null;
    }
}
