using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, DCChargingParametersType: DCCharging parameters.</summary>
public sealed record DcChargingParameters(
    [Whole(Until = OcppVersion.V201)] decimal EvMaxCurrent,
    [Whole(Until = OcppVersion.V201)] decimal EvMaxVoltage,
    [Whole(Until = OcppVersion.V201)] decimal? EvMaxPower = null,
    [Whole(Until = OcppVersion.V201)] decimal? EvEnergyCapacity = null,
    [Whole(Until = OcppVersion.V201)] decimal? EnergyAmount = null,
    [AtLeast(0), AtMost(100)] int? StateOfCharge = null,
    [AtLeast(0), AtMost(100)] int? FullSoC = null,
    [AtLeast(0), AtMost(100)] int? BulkSoC = null);
