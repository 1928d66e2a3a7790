using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, EVAbsolutePriceScheduleType: EVAbsolute price schedule.</summary>
public sealed record EvAbsolutePriceSchedule(
    DateTimeOffset TimeAnchor,
    [MaxLength(3)] string Currency,
    [MinItems(1), MaxItems(1024)] ImmutableArray<EvAbsolutePriceScheduleEntry> EvAbsolutePriceScheduleEntries,
    [MaxLength(2000)] string PriceAlgorithm);
