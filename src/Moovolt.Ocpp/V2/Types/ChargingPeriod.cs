using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ChargingPeriodType: Charging period.</summary>
public sealed record ChargingPeriod(
    DateTimeOffset StartPeriod,
    [MinItems(1)] ImmutableArray<CostDimension>? Dimensions = null,
    [MaxLength(60)] string? TariffId = null);
