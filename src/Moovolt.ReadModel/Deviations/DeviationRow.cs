namespace Moovolt.ReadModel.Deviations;

/// <summary>How often a charger did not keep to a rule, on whichever node.</summary>
/// <param name="Rule">The rule's code; its words are OCPP's business.</param>
/// <param name="Count">In how many messages, handshakes or connections.</param>
/// <param name="Example">The latest one: where and how, without any value that the charger sent.</param>
public sealed record DeviationRow(
    string Rule, long Count, DateTimeOffset FirstAt, DateTimeOffset LastAt, string Example);
