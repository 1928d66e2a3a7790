namespace Moovolt.Ocpp.Compliance;

/// <summary>One thing that a specification asks of chargers and that some do not do.</summary>
/// <param name="Code">Stable and kebab-case: it is stored, and operators search for it.</param>
/// <param name="Words">What such a charger does, as a sentence for operators.</param>
/// <param name="Specification">Where it is written.</param>
/// <param name="Tolerance">
/// The one tolerance with which it does no harm; none when it does none anyway, or nothing helps.
/// </param>
public sealed record Rule(string Code, string Words, string Specification, Tolerances Tolerance = Tolerances.None);

/// <summary>A charger did not keep to a rule, once.</summary>
/// <param name="Example">Where and how, without any value that the charger sent.</param>
public readonly record struct Deviation(Rule Rule, string Example);
