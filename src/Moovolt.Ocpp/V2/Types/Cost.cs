using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, CostType: Cost.</summary>
public sealed record Cost(
    [OneOf("CarbonDioxideEmission", "RelativePricePercentage", "RenewableGenerationPercentage")] string CostKind,
    int Amount,
    int? AmountMultiplier = null);
