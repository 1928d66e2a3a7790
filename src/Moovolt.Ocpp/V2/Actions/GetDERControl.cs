using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, R04: which controls do you hold? They come as ReportDERControl.</summary>
[OcppAction("GetDERControl", OcppVersion.V21)]
public sealed record GetDERControl(
    int RequestId,
    bool? IsDefault = null,
    [OneOf(
        "EnterService", "FreqDroop", "FreqWatt", "FixedPFAbsorb", "FixedPFInject", "FixedVar", "Gradients",
        "HFMustTrip", "HFMayTrip", "HVMustTrip", "HVMomCess", "HVMayTrip", "LimitMaxDischarge", "LFMustTrip",
        "LVMustTrip", "LVMomCess", "LVMayTrip", "PowerMonitoringMustTrip", "VoltVar", "VoltWatt", "WattPF",
        "WattVar")]
    string? ControlType = null,
    [MaxLength(36)] string? ControlId = null) : ICsmsCall
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "NotSupported", "NotFound")] string Status,
        StatusInfo? StatusInfo = null);

    public StationAnswer ToAnswer(Heard heard) => HeldThings.Told(
        heard, HeldKind.DerControl, RequestId, IsDefault is null && ControlType is null && ControlId is null, "NotFound");
}
