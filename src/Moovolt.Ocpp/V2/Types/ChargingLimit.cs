using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ChargingLimitType: Charging limit.</summary>
public sealed record ChargingLimit(
    [OneOf("EMS", "Other", "SO", "CSO", Until = OcppVersion.V201)]
    [MaxLength(20, Since = OcppVersion.V21)]
    string ChargingLimitSource,
    [Since(OcppVersion.V21)] bool? IsLocalGeneration = null,
    bool? IsGridCritical = null);
