namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, EVPriceRuleType: EVPrice rule.</summary>
public sealed record EvPriceRule(decimal EnergyFee, decimal PowerRangeStart);
