using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, V2XChargingParametersType: V2XCharging parameters.</summary>
public sealed record V2xChargingParameters(
    decimal? MinChargePower = null,
    decimal? MinChargePower_L2 = null,
    decimal? MinChargePower_L3 = null,
    decimal? MaxChargePower = null,
    decimal? MaxChargePower_L2 = null,
    decimal? MaxChargePower_L3 = null,
    decimal? MinDischargePower = null,
    decimal? MinDischargePower_L2 = null,
    decimal? MinDischargePower_L3 = null,
    decimal? MaxDischargePower = null,
    decimal? MaxDischargePower_L2 = null,
    decimal? MaxDischargePower_L3 = null,
    decimal? MinChargeCurrent = null,
    decimal? MaxChargeCurrent = null,
    decimal? MinDischargeCurrent = null,
    decimal? MaxDischargeCurrent = null,
    decimal? MinVoltage = null,
    decimal? MaxVoltage = null,
    decimal? EvTargetEnergyRequest = null,
    decimal? EvMinEnergyRequest = null,
    decimal? EvMaxEnergyRequest = null,
    decimal? EvMinV2XEnergyRequest = null,
    decimal? EvMaxV2XEnergyRequest = null,
    [AtLeast(0), AtMost(100)] int? TargetSoC = null);
