using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, R05: a fault of the grid is seen, or is over.</summary>
[OcppAction("NotifyDERAlarm", OcppVersion.V21)]
public sealed record NotifyDERAlarm(
    [OneOf(
        "EnterService", "FreqDroop", "FreqWatt", "FixedPFAbsorb", "FixedPFInject", "FixedVar", "Gradients",
        "HFMustTrip", "HFMayTrip", "HVMustTrip", "HVMomCess", "HVMayTrip", "LimitMaxDischarge", "LFMustTrip",
        "LVMustTrip", "LVMomCess", "LVMayTrip", "PowerMonitoringMustTrip", "VoltVar", "VoltWatt", "WattPF",
        "WattVar")]
    string ControlType,
    DateTimeOffset Timestamp,
    [OneOf(
        "CurrentImbalance", "LocalEmergency", "LowInputPower", "OverCurrent", "OverFrequency", "OverVoltage",
        "PhaseRotation", "RemoteEmergency", "UnderFrequency", "UnderVoltage", "VoltageImbalance")]
    string? GridEventFault = null,
    bool? AlarmEnded = null,
    [MaxLength(200)] string? ExtraInfo = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new TellHeld(
            arrival.From,
            arrival.Epoch,
            HeldThings.OfTransaction(
                HeldKind.DerAlarm, ControlType, new { ControlType, GridEventFault, ExtraInfo, At = Timestamp }),
            AlarmEnded == true,
            arrival.At),
        new Response());
}
