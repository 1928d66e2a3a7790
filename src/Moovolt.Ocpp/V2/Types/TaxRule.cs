using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TaxRuleType: Tax rule.</summary>
public sealed record TaxRule(
    [AtLeast(0)] int TaxRuleID,
    bool AppliesToEnergyFee,
    bool AppliesToParkingFee,
    bool AppliesToOverstayFee,
    bool AppliesToMinimumMaximumCost,
    RationalNumber TaxRate,
    [MaxLength(100)] string? TaxRuleName = null,
    bool? TaxIncludedInPrice = null);
