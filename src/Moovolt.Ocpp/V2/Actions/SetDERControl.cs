using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, R04: a control of the grid code.</summary>
[OcppAction("SetDERControl", OcppVersion.V21)]
public sealed record SetDERControl(
    bool IsDefault,
    [MaxLength(36)] string ControlId,
    [OneOf(
        "EnterService", "FreqDroop", "FreqWatt", "FixedPFAbsorb", "FixedPFInject", "FixedVar", "Gradients",
        "HFMustTrip", "HFMayTrip", "HVMustTrip", "HVMomCess", "HVMayTrip", "LimitMaxDischarge", "LFMustTrip",
        "LVMustTrip", "LVMomCess", "LVMayTrip", "PowerMonitoringMustTrip", "VoltVar", "VoltWatt", "WattPF",
        "WattVar")]
    string ControlType,
    DerCurve? Curve = null,
    EnterService? EnterService = null,
    FixedPf? FixedPFAbsorb = null,
    FixedPf? FixedPFInject = null,
    FixedVar? FixedVar = null,
    FreqDroop? FreqDroop = null,
    GradientType? Gradient = null,
    LimitMaxDischarge? LimitMaxDischarge = null) : ICsmsCall<SetDerControl>
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "NotSupported", "NotFound")] string Status,
        StatusInfo? StatusInfo = null,
        [MaxLength(36), MinItems(1), MaxItems(24)] ImmutableArray<string>? SupersededIds = null);

    public static Wording ToCall(SetDerControl request) =>
        HeldThings.Parse<SetDERControl>(request.Control, out var wrong) is { } control && wrong is null
            ? Wording.Of(control)
            : Wording.Wrong(wrong ?? "A control is an object.");

    public StationAnswer ToAnswer(Heard heard) =>
        HeldThings.Taken(heard, HeldThings.Of(ControlId, ControlType, IsDefault, this));
}
