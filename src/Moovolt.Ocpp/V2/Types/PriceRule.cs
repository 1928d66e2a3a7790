namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, PriceRuleType: Price rule.</summary>
public sealed record PriceRule(
    RationalNumber EnergyFee,
    RationalNumber PowerRangeStart,
    int? ParkingFeePeriod = null,
    int? CarbonDioxideEmission = null,
    int? RenewableGenerationPercentage = null,
    RationalNumber? ParkingFee = null);
