using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, PriceRuleType: Price rule.</summary>
public sealed record PriceRule(
    RationalNumber EnergyFee,
    RationalNumber PowerRangeStart,
    int? ParkingFeePeriod = null,
    [AtLeast(0)] int? CarbonDioxideEmission = null,
    [AtLeast(0), AtMost(100)] int? RenewableGenerationPercentage = null,
    RationalNumber? ParkingFee = null);
