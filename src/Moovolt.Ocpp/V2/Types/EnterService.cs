using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, EnterServiceType: Enter service.</summary>
public sealed record EnterService(
    [AtLeast(0)] int Priority,
    decimal HighVoltage,
    decimal LowVoltage,
    decimal HighFreq,
    decimal LowFreq,
    decimal? Delay = null,
    decimal? RandomDelay = null,
    decimal? RampRate = null);
