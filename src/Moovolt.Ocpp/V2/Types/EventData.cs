using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, EventDataType: Event data.</summary>
public sealed record EventData(
    [AtLeast(0, Since = OcppVersion.V21)] int EventId,
    DateTimeOffset Timestamp,
    [OneOf("Alerting", "Delta", "Periodic")] string Trigger,
    [MaxLength(2500)] string ActualValue,
    Component Component,
    [OneOf("HardWiredNotification", "HardWiredMonitor", "PreconfiguredMonitor", "CustomMonitor")]
    string EventNotificationType,
    Variable Variable,
    [AsItComes, AtLeast(0, Since = OcppVersion.V21)] int? Cause = null,
    [MaxLength(50)] string? TechCode = null,
    [MaxLength(500)] string? TechInfo = null,
    bool? Cleared = null,
    [MaxLength(36)] string? TransactionId = null,
    [AsItComes, AtLeast(0, Since = OcppVersion.V21)] int? VariableMonitoringId = null,
    [Since(OcppVersion.V21), AtLeast(0)] int? Severity = null);
