using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>
/// OCPP 2.x, SampledValueType: one measurand. Chargers measure more than the standard names; it is kept in their
/// words.
/// </summary>
public sealed record SampledValue(
    [Required] decimal? Value = null,
    [AsItComes]
    [OneOf(
        "Current.Export", "Current.Import", "Current.Offered", "Energy.Active.Export.Register",
        "Energy.Active.Import.Register", "Energy.Reactive.Export.Register", "Energy.Reactive.Import.Register",
        "Energy.Active.Export.Interval", "Energy.Active.Import.Interval", "Energy.Active.Net",
        "Energy.Reactive.Export.Interval", "Energy.Reactive.Import.Interval", "Energy.Reactive.Net",
        "Energy.Apparent.Net", "Energy.Apparent.Import", "Energy.Apparent.Export", "Frequency", "Power.Active.Export",
        "Power.Active.Import", "Power.Factor", "Power.Offered", "Power.Reactive.Export", "Power.Reactive.Import",
        "SoC", "Voltage")]
    [OneOf(
        "Current.Export.Offered", "Current.Export.Minimum", "Current.Import.Offered", "Current.Import.Minimum",
        "Display.PresentSOC", "Display.MinimumSOC", "Display.TargetSOC", "Display.MaximumSOC",
        "Display.RemainingTimeToMinimumSOC", "Display.RemainingTimeToTargetSOC", "Display.RemainingTimeToMaximumSOC",
        "Display.ChargingComplete", "Display.BatteryEnergyCapacity", "Display.InletHot",
        "Energy.Active.Import.CableLoss", "Energy.Active.Import.LocalGeneration.Register",
        "Energy.Active.Setpoint.Interval", "EnergyRequest.Target", "EnergyRequest.Minimum", "EnergyRequest.Maximum",
        "EnergyRequest.Minimum.V2X", "EnergyRequest.Maximum.V2X", "EnergyRequest.Bulk", "Power.Active.Setpoint",
        "Power.Active.Residual", "Power.Export.Minimum", "Power.Export.Offered", "Power.Import.Offered",
        "Power.Import.Minimum", "Voltage.Minimum", "Voltage.Maximum", Since = OcppVersion.V21)]
    string? Measurand = null,
    [AsItComes]
    [OneOf(
        "Interruption.Begin", "Interruption.End", "Other", "Sample.Clock", "Sample.Periodic", "Transaction.Begin",
        "Transaction.End", "Trigger")]
    string? Context = null,
    [AsItComes, OneOf("L1", "L2", "L3", "N", "L1-N", "L2-N", "L3-N", "L1-L2", "L2-L3", "L3-L1")] string? Phase = null,
    [AsItComes]
    [OneOf("Body", "Cable", "EV", "Inlet", "Outlet")]
    [OneOf("Upstream", Since = OcppVersion.V21)]
    string? Location = null,
    SignedMeterValue? SignedMeterValue = null,
    UnitOfMeasure? UnitOfMeasure = null);
