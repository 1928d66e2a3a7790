using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TransactionType: which transaction, and how it is.</summary>
public sealed record Transaction(
    [Required, MaxLength(36)] string? TransactionId = null,
    [AsItComes]
    [OneOf("Charging", "EVConnected", "SuspendedEV", "SuspendedEVSE", "Idle")]
    string? ChargingState = null,
    int? TimeSpentCharging = null,
    [AsItComes]
    [OneOf(
        "DeAuthorized", "EmergencyStop", "EnergyLimitReached", "EVDisconnected", "GroundFault", "ImmediateReset",
        "Local", "LocalOutOfCredit", "MasterPass", "Other", "OvercurrentFault", "PowerLoss", "PowerQuality", "Reboot",
        "Remote", "SOCLimitReached", "StoppedByEV", "TimeLimitReached", "Timeout")]
    [OneOf("ReqEnergyTransferRejected", Since = OcppVersion.V21)]
    string? StoppedReason = null,
    int? RemoteStartId = null,
    [Since(OcppVersion.V21)]
    [OneOf(
        "Idle", "ChargingOnly", "CentralSetpoint", "ExternalSetpoint", "ExternalLimits", "CentralFrequency",
        "LocalFrequency", "LocalLoadBalancing")]
    string? OperationMode = null,
    [Since(OcppVersion.V21), MaxLength(60)] string? TariffId = null,
    [Since(OcppVersion.V21)] TransactionLimit? TransactionLimit = null);
