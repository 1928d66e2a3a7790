using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, R04: controls of the grid code are taken away.</summary>
[OcppAction("ClearDERControl", OcppVersion.V21)]
public sealed record ClearDERControl(
    bool IsDefault,
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

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new(RequestState.Accepted, Outcome: Gone),
        "NotFound" => new(RequestState.Rejected, null, "NotFound", "The charger has no such control.", Gone),
        _ => HeldThings.Named(heard.Judge(), heard),
    };

    private NoLongerHeld Gone => ControlId is { } id
        ? new(HeldKind.DerControl, [id])
        : new(HeldKind.DerControl, [], Group: HeldThings.Group(IsDefault, ControlType));
}
