using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, PriceLevelScheduleType: Price level schedule.</summary>
public sealed record PriceLevelSchedule(
    [MinItems(1), MaxItems(100)] ImmutableArray<PriceLevelScheduleEntry> PriceLevelScheduleEntries,
    DateTimeOffset TimeAnchor,
    [AtLeast(0)] int PriceScheduleId,
    [AtLeast(0)] int NumberOfPriceLevels,
    [MaxLength(32)] string? PriceScheduleDescription = null);
