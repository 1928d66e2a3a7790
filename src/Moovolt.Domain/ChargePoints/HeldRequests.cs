using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>A wish that a charger answers with a report, in parts.</summary>
public abstract record ReportRequest : StationRequest
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(10);

    /// <summary>By which the charger says what its report answers; 0 until the charge point has given it one.</summary>
    public abstract int Number { get; init; }

    public override StationRequest Complete(ChargePoint state) => this with { Number = Reports.NextNumber(state) };

    public override TimeSpan? EffectWithin(Outcome? outcome) => outcome is null or HeldComing ? Within : null;

    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) =>
        @event is HeldReported e && e.Number == Number;

    public override string WhyNoEffect(ChargePoint state) => Reports.WhyNotCome(state, Number);
}

/// <summary>What do you hold of that kind?</summary>
/// <param name="Only">Names of things, or keys of what is monitored; empty: all.</param>
/// <param name="Place">Where; null: wherever.</param>
[DataContract]
public sealed record ReadHeld(
    [property: DataMember(Order = 1)] HeldKind Kind,
    ImmutableArray<string> Only,
    [property: DataMember(Order = 3)] ConnectorId? Place = null,
    int Number = 0) : ReportRequest
{
    [DataMember(Order = 2)]
    public ImmutableArray<string> Only { get => field.IsDefault ? [] : field; init; } = Only;

    [DataMember(Order = 4)] public override int Number { get; init; } = Number;

    /// <summary>All that there is of the kind.</summary>
    public bool IsWhole => Only.IsEmpty && Place is null or { Evse: 0 };

    public override string Verb => Kind switch
    {
        HeldKind.Monitor => "get-monitors",
        HeldKind.DisplayMessage => "get-display-messages",
        HeldKind.Tariff => "get-tariffs",
        _ => "get-der-controls",
    };
}

/// <summary>Hold these no more.</summary>
/// <param name="Ids">Names of things; empty: all that fit.</param>
/// <param name="Place">Where; null: wherever.</param>
/// <param name="Group">A group, or the first word of several; null: whichever.</param>
[DataContract]
public sealed record ReleaseHeld(
    [property: DataMember(Order = 1)] HeldKind Kind,
    ImmutableArray<string> Ids,
    [property: DataMember(Order = 3)] ConnectorId? Place = null,
    [property: DataMember(Order = 4)] string? Group = null) : StationRequest
{
    [DataMember(Order = 2)]
    public ImmutableArray<string> Ids { get => field.IsDefault ? [] : field; init; } = Ids;

    public override string Verb => Kind switch
    {
        HeldKind.Monitor => "clear-monitors",
        HeldKind.DisplayMessage => "clear-display-message",
        HeldKind.Tariff => "clear-tariffs",
        _ => "clear-der-controls",
    };
}

/// <summary>Watch a variable.</summary>
/// <param name="Key">Component and variable as one text.</param>
/// <param name="Kind">OCPP's word, such as UpperThreshold.</param>
/// <param name="Value">A bound, or seconds between two reports.</param>
/// <param name="Severity">0 (danger) to 9 (debug).</param>
/// <param name="InTransaction">Only while a transaction runs.</param>
/// <param name="Id">The monitor that it takes the place of; null: a new one.</param>
[DataContract]
public sealed record VariableMonitor(
    [property: DataMember(Order = 1)] string Key,
    [property: DataMember(Order = 2)] string Kind,
    [property: DataMember(Order = 3)] decimal Value,
    [property: DataMember(Order = 4)] int Severity,
    [property: DataMember(Order = 5)] bool InTransaction = false,
    [property: DataMember(Order = 6)] int? Id = null);

/// <summary>Watch these variables (OCPP 2.0.1, N04).</summary>
/// <param name="Rest">Monitors that are set when these are answered: the charger takes no more at once.</param>
[DataContract]
public sealed record SetMonitors(ImmutableArray<VariableMonitor> Monitors, ImmutableArray<VariableMonitor> Rest = default) : StationRequest
{
    [DataMember(Order = 1)]
    public ImmutableArray<VariableMonitor> Monitors { get => field.IsDefault ? [] : field; init; } = Monitors;

    [DataMember(Order = 2)]
    public ImmutableArray<VariableMonitor> Rest { get => field.IsDefault ? [] : field; init; } = Rest;

    public override string Verb => "set-monitors";

    public override StationRequest Complete(ChargePoint state)
    {
        var fit = Batches.Fit(Monitors, monitor => monitor.Key, state.Number(ChargerLimit.MonitorsAtOnce), bytes: null);
        return this with { Monitors = Monitors[..fit], Rest = [.. Monitors[fit..], .. Rest] };
    }

    public override ImmutableArray<StationRequest> Then(ChargePoint state, StationAnswer answer) =>
        !Rest.IsEmpty && answer.State is RequestState.Accepted or RequestState.Rejected ? [new SetMonitors(Rest)] : [];
}

/// <summary>Which monitors are set to begin with (OCPP 2.0.1, N03), or from which severity on to report (N05).</summary>
/// <param name="Preset">OCPP's word: All, FactoryDefault or HardWiredOnly; null when the severity is meant.</param>
/// <param name="Severity">0 (danger) to 9 (debug): that one and what is worse; null when the preset is meant.</param>
[DataContract]
public sealed record SetMonitoring(
    [property: DataMember(Order = 1)] string? Preset,
    [property: DataMember(Order = 2)] int? Severity) : StationRequest
{
    public override string Verb => Preset is null ? "set-monitoring-level" : "set-monitoring-base";

    /// <summary>Another preset sets and clears monitors: what is left is asked for (OCPP 2.0.1, N03).</summary>
    public override ImmutableArray<StationRequest> Then(ChargePoint state, StationAnswer answer) =>
        Preset is not null && answer.State == RequestState.Accepted ? [new ReadHeld(HeldKind.Monitor, [])] : [];
}

/// <summary>What do you know of a customer, or forget it (OCPP 2.0.1, N09 and N10)?</summary>
/// <param name="Token">Whose; or <paramref name="Customer"/>.</param>
/// <param name="Customer">What the charger's maker calls him.</param>
/// <param name="Report">It shall be told.</param>
/// <param name="Clear">It shall be forgotten.</param>
[DataContract]
public sealed record ReadCustomer(
    [property: DataMember(Order = 1)] string? Token,
    [property: DataMember(Order = 2)] string? Customer,
    [property: DataMember(Order = 3)] bool Report,
    [property: DataMember(Order = 4)] bool Clear,
    int Number = 0) : ReportRequest
{
    [DataMember(Order = 5)] public override int Number { get; init; } = Number;

    public override string Verb => "get-customer-information";
}

/// <summary>Show that text (OCPP 2.0.1, O01 and O02).</summary>
/// <param name="Id">The same id replaces.</param>
/// <param name="Priority">OCPP's word: AlwaysFront, InFront or NormalCycle.</param>
/// <param name="State">OCPP's word for the state in which it is shown; null: in any.</param>
/// <param name="Transaction">It goes with that transaction; null for none.</param>
/// <param name="Format">OCPP's word, such as UTF8.</param>
[DataContract]
public sealed record ShowMessage(
    [property: DataMember(Order = 1)] int Id,
    [property: DataMember(Order = 2)] string Text,
    [property: DataMember(Order = 3)] string Priority,
    [property: DataMember(Order = 4)] string Format,
    [property: DataMember(Order = 5)] string? Language = null,
    [property: DataMember(Order = 6)] string? State = null,
    [property: DataMember(Order = 7)] DateTimeOffset? From = null,
    [property: DataMember(Order = 8)] DateTimeOffset? To = null,
    [property: DataMember(Order = 9)] string? Transaction = null) : StationRequest
{
    public override string Verb => "set-display-message";

    public override string? WhyNot(ChargePoint state) => To <= From ? "'to' must be later than 'from'." : null;
}

/// <summary>What charging costs: for who has no tariff of his own (OCPP 2.1, I07), or in one transaction (I12).</summary>
/// <param name="Tariff">A JSON object as OCPP 2.1 has it (TariffType): the rules of prices are the standard's.</param>
/// <param name="Place">(0, 0): every EVSE.</param>
/// <param name="Transaction">Its local id; null: the default.</param>
[DataContract]
public sealed record SetTariff(
    [property: DataMember(Order = 1)] string Tariff,
    [property: DataMember(Order = 2)] ConnectorId Place,
    [property: DataMember(Order = 3)] string? Transaction = null) : StationRequest
{
    public override string Verb => Transaction is null ? "set-default-tariff" : "change-transaction-tariff";

    public override string? WhyNot(ChargePoint state) => Wanted.Running(state, Transaction);
}

/// <summary>How to serve the grid (OCPP 2.1, R04).</summary>
/// <param name="Control">A JSON object as OCPP 2.1 has it (SetDERControl): the curves are the grid codes'.</param>
[DataContract]
public sealed record SetDerControl([property: DataMember(Order = 1)] string Control) : StationRequest
{
    public override string Verb => "set-der-control";
}

/// <summary>Words about one transaction that the charger shall act on, or show.</summary>
internal static class Wanted
{
    /// <summary>Why nothing can be said about it; null when it runs, or none is named.</summary>
    public static string? Running(ChargePoint state, string? transaction) =>
        transaction is null || state.Open.Any(open => open.LocalId == transaction)
            ? null
            : $"Transaction {transaction} is not running.";
}

/// <summary>Show what a transaction costs so far (OCPP 2.0.1, I02).</summary>
/// <param name="Total">In the charger's currency, taxes included.</param>
[DataContract]
public sealed record ShowCost(
    [property: DataMember(Order = 1)] string Transaction,
    [property: DataMember(Order = 2)] decimal Total) : StationRequest
{
    public override string Verb => "show-cost";

    public override string? WhyNot(ChargePoint state) =>
        Total < 0 ? "'total' is at least 0." : Wanted.Running(state, Transaction);
}

/// <summary>A transaction goes before others, or no more (OCPP 2.1, K22).</summary>
[DataContract]
public sealed record UsePriority(
    [property: DataMember(Order = 1)] string Transaction,
    [property: DataMember(Order = 2)] bool Activate) : StationRequest
{
    public override string Verb => "use-priority-charging";

    public override string? WhyNot(ChargePoint state) => Wanted.Running(state, Transaction);
}

/// <summary>Which ways of energy transfer a transaction may use (OCPP 2.1, Q06).</summary>
/// <param name="Ways">OCPP's words, such as AC_BPT.</param>
[DataContract]
public sealed record AllowEnergyTransfer(
    [property: DataMember(Order = 1)] string Transaction,
    ImmutableArray<string> Ways) : StationRequest
{
    [DataMember(Order = 2)]
    public ImmutableArray<string> Ways { get => field.IsDefault ? [] : field; init; } = Ways;

    public override string Verb => "allow-energy-transfer";

    public override string? WhyNot(ChargePoint state) => Wanted.Running(state, Transaction);
}

/// <summary>A signal of the grid, to be followed at once (OCPP 2.1, Q12).</summary>
/// <param name="Signal">By its profile's table from signal to power.</param>
[DataContract]
public sealed record SignalGrid(
    [property: DataMember(Order = 1)] DateTimeOffset SignalAt,
    [property: DataMember(Order = 2)] int Signal) : StationRequest
{
    public override string Verb => "send-afrr-signal";
}

/// <summary>The limit or setpoint of a dynamic profile, from now on (OCPP 2.1, K28).</summary>
/// <param name="Limit">In the unit of the profile's schedule; null: as it is.</param>
/// <param name="Setpoint">What to hold to; null: as it is.</param>
/// <param name="DischargeLimit">At most 0; null: as it is.</param>
[DataContract]
public sealed record UpdateSchedule(
    [property: DataMember(Order = 1)] int ProfileId,
    [property: DataMember(Order = 2)] decimal? Limit = null,
    [property: DataMember(Order = 3)] decimal? Setpoint = null,
    [property: DataMember(Order = 4)] decimal? DischargeLimit = null) : StationRequest
{
    public override string Verb => "update-schedule";

    public override string? WhyNot(ChargePoint state) =>
        Limit is null && Setpoint is null && DischargeLimit is null ? "Give a 'limit', a 'setpoint' or a 'dischargeLimit'."
        : Limit < 0 ? "'limit' is at least 0."
        : DischargeLimit > 0 ? "'dischargeLimit' is at most 0."
        : null;
}
