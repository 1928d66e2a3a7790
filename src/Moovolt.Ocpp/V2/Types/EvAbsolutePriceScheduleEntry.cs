using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, EVAbsolutePriceScheduleEntryType: EVAbsolute price schedule entry.</summary>
public sealed record EvAbsolutePriceScheduleEntry(
    int Duration,
    [MinItems(1), MaxItems(8)] ImmutableArray<EvPriceRule> EvPriceRule);
