using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ChargingProfileType: how much may be drawn, and when.</summary>
public sealed record ChargingProfile(
    int Id,
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int StackLevel,
    [OneOf("ChargingStationExternalConstraints", "ChargingStationMaxProfile", "TxDefaultProfile", "TxProfile")]
    [OneOf("PriorityCharging", "LocalGeneration", Since = OcppVersion.V21)]
    string ChargingProfilePurpose,
    [OneOf("Absolute", "Recurring", "Relative")]
    [OneOf("Dynamic", Since = OcppVersion.V21)]
    string ChargingProfileKind,
    [MinItems(1), MaxItems(3)] ImmutableArray<ChargingSchedule> ChargingSchedule,
    [OneOf("Daily", "Weekly")] string? RecurrencyKind = null,
    DateTimeOffset? ValidFrom = null,
    DateTimeOffset? ValidTo = null,
    [MaxLength(36)] string? TransactionId = null,
    [Since(OcppVersion.V21)] int? MaxOfflineDuration = null,
    [Since(OcppVersion.V21)] bool? InvalidAfterOfflineDuration = null,
    [Since(OcppVersion.V21)] int? DynUpdateInterval = null,
    [Since(OcppVersion.V21)] DateTimeOffset? DynUpdateTime = null,
    [Since(OcppVersion.V21), MaxLength(256)] string? PriceScheduleSignature = null);
