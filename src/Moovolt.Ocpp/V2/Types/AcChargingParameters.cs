using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ACChargingParametersType: ACCharging parameters.</summary>
public sealed record AcChargingParameters(
    [Whole(Until = OcppVersion.V201)] decimal EnergyAmount,
    [Whole(Until = OcppVersion.V201)] decimal EvMinCurrent,
    [Whole(Until = OcppVersion.V201)] decimal EvMaxCurrent,
    [Whole(Until = OcppVersion.V201)] decimal EvMaxVoltage);
