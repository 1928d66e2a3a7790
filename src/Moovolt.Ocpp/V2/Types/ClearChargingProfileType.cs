using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ClearChargingProfileType: Clear charging profile.</summary>
public sealed record ClearChargingProfileType(
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int? EvseId = null,
    [OneOf("ChargingStationExternalConstraints", "ChargingStationMaxProfile", "TxDefaultProfile", "TxProfile")]
    [OneOf("PriorityCharging", "LocalGeneration", Since = OcppVersion.V21)]
    string? ChargingProfilePurpose = null,
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int? StackLevel = null);
