using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ChargingProfileCriterionType: Charging profile criterion.</summary>
public sealed record ChargingProfileCriterion(
    [OneOf("ChargingStationExternalConstraints", "ChargingStationMaxProfile", "TxDefaultProfile", "TxProfile")]
    [OneOf("PriorityCharging", "LocalGeneration", Since = OcppVersion.V21)]
    string? ChargingProfilePurpose = null,
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int? StackLevel = null,
    [MinItems(1)] ImmutableArray<int>? ChargingProfileId = null,
    [OneOf("EMS", "Other", "SO", "CSO", Until = OcppVersion.V201)]
    [MaxLength(20, Since = OcppVersion.V21)]
    [MinItems(1)]
    [MaxItems(4)]
    ImmutableArray<string>? ChargingLimitSource = null);
