using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, VariableMonitoringType: Variable monitoring.</summary>
public sealed record VariableMonitoring(
    [AtLeast(0, Since = OcppVersion.V21)] int Id,
    bool Transaction,
    decimal Value,
    [OneOf("UpperThreshold", "LowerThreshold", "Delta", "Periodic", "PeriodicClockAligned")]
    [OneOf("TargetDelta", "TargetDeltaRelative", Since = OcppVersion.V21)]
    string Type,
    [AtLeast(0, Since = OcppVersion.V21)] int Severity,
    [Since(OcppVersion.V21)]
    [OneOf("HardWiredNotification", "HardWiredMonitor", "PreconfiguredMonitor", "CustomMonitor")]
    string EventNotificationType);
