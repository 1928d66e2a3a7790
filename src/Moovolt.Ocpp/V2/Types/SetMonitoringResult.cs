using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, SetMonitoringResultType: Set monitoring result.</summary>
public sealed record SetMonitoringResult(
    [OneOf("Accepted", "UnknownComponent", "UnknownVariable", "UnsupportedMonitorType", "Rejected", "Duplicate")]
    string Status,
    [OneOf("UpperThreshold", "LowerThreshold", "Delta", "Periodic", "PeriodicClockAligned")]
    [OneOf("TargetDelta", "TargetDeltaRelative", Since = OcppVersion.V21)]
    string Type,
    Component Component,
    Variable Variable,
    [AtLeast(0, Since = OcppVersion.V21)] int Severity,
    [AtLeast(0, Since = OcppVersion.V21)] int? Id = null,
    StatusInfo? StatusInfo = null);
