using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ClearChargingProfileType: Clear charging profile.</summary>
public sealed record ClearChargingProfileType(
    int? EvseId = null,
    [OneOf("ChargingStationExternalConstraints", "ChargingStationMaxProfile", "TxDefaultProfile", "TxProfile")]
    [OneOf("PriorityCharging", "LocalGeneration", Since = OcppVersion.V21)]
    string? ChargingProfilePurpose = null,
    int? StackLevel = null);
