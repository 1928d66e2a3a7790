using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, FreqDroopType: Freq droop.</summary>
public sealed record FreqDroop(
    [AtLeast(0)] int Priority,
    decimal OverFreq,
    decimal UnderFreq,
    decimal OverDroop,
    decimal UnderDroop,
    decimal ResponseTime,
    DateTimeOffset? StartTime = null,
    decimal? Duration = null);
