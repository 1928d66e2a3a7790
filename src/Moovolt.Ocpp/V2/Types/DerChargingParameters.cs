using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, DERChargingParametersType: DERCharging parameters.</summary>
public sealed record DerChargingParameters(
    [OneOf(
        "EnterService", "FreqDroop", "FreqWatt", "FixedPFAbsorb", "FixedPFInject", "FixedVar", "Gradients",
        "HFMustTrip", "HFMayTrip", "HVMustTrip", "HVMomCess", "HVMayTrip", "LimitMaxDischarge", "LFMustTrip",
        "LVMustTrip", "LVMomCess", "LVMayTrip", "PowerMonitoringMustTrip", "VoltVar", "VoltWatt", "WattPF",
        "WattVar")]
    [MinItems(1)]
    ImmutableArray<string>? EvSupportedDERControl = null,
    decimal? EvOverExcitedMaxDischargePower = null,
    decimal? EvOverExcitedPowerFactor = null,
    decimal? EvUnderExcitedMaxDischargePower = null,
    decimal? EvUnderExcitedPowerFactor = null,
    decimal? MaxApparentPower = null,
    decimal? MaxChargeApparentPower = null,
    decimal? MaxChargeApparentPower_L2 = null,
    decimal? MaxChargeApparentPower_L3 = null,
    decimal? MaxDischargeApparentPower = null,
    decimal? MaxDischargeApparentPower_L2 = null,
    decimal? MaxDischargeApparentPower_L3 = null,
    decimal? MaxChargeReactivePower = null,
    decimal? MaxChargeReactivePower_L2 = null,
    decimal? MaxChargeReactivePower_L3 = null,
    decimal? MinChargeReactivePower = null,
    decimal? MinChargeReactivePower_L2 = null,
    decimal? MinChargeReactivePower_L3 = null,
    decimal? MaxDischargeReactivePower = null,
    decimal? MaxDischargeReactivePower_L2 = null,
    decimal? MaxDischargeReactivePower_L3 = null,
    decimal? MinDischargeReactivePower = null,
    decimal? MinDischargeReactivePower_L2 = null,
    decimal? MinDischargeReactivePower_L3 = null,
    decimal? NominalVoltage = null,
    decimal? NominalVoltageOffset = null,
    decimal? MaxNominalVoltage = null,
    decimal? MinNominalVoltage = null,
    [MaxLength(50)] string? EvInverterManufacturer = null,
    [MaxLength(50)] string? EvInverterModel = null,
    [MaxLength(50)] string? EvInverterSerialNumber = null,
    [MaxLength(50)] string? EvInverterSwVersion = null,
    [MaxLength(50)] string? EvInverterHwVersion = null,
    [OneOf(
        "NoAntiIslandingSupport", "RoCoF", "UVP_OVP", "UFP_OFP", "VoltageVectorShift", "ZeroCrossingDetection",
        "OtherPassive", "ImpedanceMeasurement", "ImpedanceAtFrequency", "SlipModeFrequencyShift",
        "SandiaFrequencyShift", "SandiaVoltageShift", "FrequencyJump", "RCLQFactor", "OtherActive")]
    [MinItems(1)]
    ImmutableArray<string>? EvIslandingDetectionMethod = null,
    decimal? EvIslandingTripTime = null,
    decimal? EvMaximumLevel1DCInjection = null,
    decimal? EvDurationLevel1DCInjection = null,
    decimal? EvMaximumLevel2DCInjection = null,
    decimal? EvDurationLevel2DCInjection = null,
    decimal? EvReactiveSusceptance = null,
    decimal? EvSessionTotalDischargeEnergyAvailable = null);
