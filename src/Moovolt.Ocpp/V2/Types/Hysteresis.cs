namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, HysteresisType: Hysteresis.</summary>
public sealed record Hysteresis(
    decimal? HysteresisHigh = null,
    decimal? HysteresisLow = null,
    decimal? HysteresisDelay = null,
    decimal? HysteresisGradient = null);
