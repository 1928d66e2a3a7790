using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, CostDetailsType: Cost details.</summary>
public sealed record CostDetails(
    TotalCost TotalCost,
    TotalUsage TotalUsage,
    [MinItems(1)] ImmutableArray<ChargingPeriod>? ChargingPeriods = null,
    bool? FailureToCalculate = null,
    [MaxLength(500)] string? FailureReason = null);
