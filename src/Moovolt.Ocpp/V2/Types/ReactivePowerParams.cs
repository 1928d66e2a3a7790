namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ReactivePowerParamsType: Reactive power params.</summary>
public sealed record ReactivePowerParams(
    decimal? VRef = null,
    bool? AutonomousVRefEnable = null,
    decimal? AutonomousVRefTimeConstant = null);
