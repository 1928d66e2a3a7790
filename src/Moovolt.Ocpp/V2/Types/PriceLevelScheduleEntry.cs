using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, PriceLevelScheduleEntryType: Price level schedule entry.</summary>
public sealed record PriceLevelScheduleEntry(int Duration, [AtLeast(0)] int PriceLevel);
