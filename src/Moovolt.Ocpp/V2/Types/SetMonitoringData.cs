using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, SetMonitoringDataType: Set monitoring data.</summary>
public sealed record SetMonitoringData(
    decimal Value,
    [OneOf("UpperThreshold", "LowerThreshold", "Delta", "Periodic", "PeriodicClockAligned")]
    [OneOf("TargetDelta", "TargetDeltaRelative", Since = OcppVersion.V21)]
    string Type,
    [AtLeast(0, Since = OcppVersion.V21), SenselessBelow(0, IsTaken = true)] int Severity,
    Component Component,
    Variable Variable,
    [AtLeast(0, Since = OcppVersion.V21)] int? Id = null,
    [Since(OcppVersion.V21)] PeriodicEventStreamParams? PeriodicEventStream = null,
    bool? Transaction = null);
