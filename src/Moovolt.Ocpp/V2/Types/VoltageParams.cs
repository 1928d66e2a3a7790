using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, VoltageParamsType: Voltage params.</summary>
public sealed record VoltageParams(
    decimal? Hv10MinMeanValue = null,
    decimal? Hv10MinMeanTripDelay = null,
    [OneOf("Active", "Reactive")] string? PowerDuringCessation = null);
