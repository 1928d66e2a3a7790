using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>One value of a variable: what it is, or a bound of it.</summary>
/// <param name="Kind">OCPP's word: Actual, Target, MinSet or MaxSet.</param>
/// <param name="Value">Null when the charger gave none, and always for a secret.</param>
/// <param name="Mutability">OCPP's word: ReadOnly, WriteOnly or ReadWrite.</param>
[DataContract]
public sealed record ModelAttribute(
    [property: DataMember(Order = 1)] string Kind,
    [property: DataMember(Order = 2)] string? Value,
    [property: DataMember(Order = 3)] string Mutability,
    [property: DataMember(Order = 4)] bool Persistent = false,
    [property: DataMember(Order = 5)] bool Constant = false);

/// <summary>A variable of a component, as a charger describes it (OCPP 2.0.1, part 1, 4).</summary>
/// <param name="Connector">(0, 0): the charge point itself; connector 0: the EVSE.</param>
/// <param name="DataType">OCPP's word; null when the charger does not describe the variable.</param>
[DataContract]
public sealed record ModelVariable(
    [property: DataMember(Order = 1)] string Component,
    [property: DataMember(Order = 2)] string? ComponentInstance,
    [property: DataMember(Order = 3)] ConnectorId Connector,
    [property: DataMember(Order = 4)] string Variable,
    [property: DataMember(Order = 5)] string? VariableInstance,
    ImmutableArray<ModelAttribute> Attributes,
    [property: DataMember(Order = 7)] string? DataType = null,
    [property: DataMember(Order = 8)] string? Unit = null,
    [property: DataMember(Order = 9)] decimal? Min = null,
    [property: DataMember(Order = 10)] decimal? Max = null,
    [property: DataMember(Order = 11)] string? Values = null,
    [property: DataMember(Order = 12)] bool Monitored = false)
{
    [DataMember(Order = 6)]
    public ImmutableArray<ModelAttribute> Attributes { get => field.IsDefault ? [] : field; init; } = Attributes;

    /// <summary>
    /// Component and variable as one text, as operators write them where older chargers have a key:
    /// <c>OCPPCommCtrlr.HeartbeatInterval</c>; with a place <c>EVSE@1.Power</c> or <c>Connector@1/2.Available</c>; with
    /// instances <c>DisplayMessageCtrlr(main).DisplayMessages(3)</c>.
    /// </summary>
    public static string KeyOf(
        string component, string? componentInstance, int? evse, int? connector, string variable, string? variableInstance) =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"{component}{InBrackets(componentInstance)}{(evse is null ? "" : $"@{evse}")}{(connector is null ? "" : $"/{connector}")}.{variable}{InBrackets(variableInstance)}");

    public string Key() => KeyOf(
        Component,
        ComponentInstance,
        Connector.Evse > 0 ? Connector.Evse : null,
        Connector.Connector > 0 ? Connector.Connector : null,
        Variable,
        VariableInstance);

    private static string InBrackets(string? instance) => instance is null ? "" : $"({instance})";
}

/// <summary>A part of what a charger tells of all that can be read or set (OCPP 2.0.1, B07 and B08).</summary>
/// <param name="Number">Of the wish that it answers.</param>
/// <param name="Part">Counted from 0.</param>
/// <param name="IsLast">No part follows.</param>
/// <param name="GeneratedAt">By the charger's clock.</param>
[Sent("cp-report-model"), DataContract]
public sealed record ReportModelPart(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] int Number,
    [property: DataMember(Order = 4)] int Part,
    [property: DataMember(Order = 5)] bool IsLast,
    [property: DataMember(Order = 6)] DateTimeOffset GeneratedAt,
    ImmutableArray<ModelVariable> Variables,
    [property: DataMember(Order = 8)] DateTimeOffset At,
    ImmutableArray<ConfigurationItem> Limits = default) : ChargePointCommand
{
    /// <summary>Those of the variables that limit what may be asked of the charger.</summary>
    [DataMember(Order = 60)]
    public ImmutableArray<ConfigurationItem> Limits { get => field.IsDefault ? [] : field; init; } = Limits;

    [DataMember(Order = 7)]
    public ImmutableArray<ModelVariable> Variables { get => field.IsDefault ? [] : field; init; } = Variables;
}

[Journaled("cp-model-part"), DataContract]
public sealed record ModelPartReported(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] int Number,
    [property: DataMember(Order = 3)] int Part,
    [property: DataMember(Order = 4)] bool IsLast,
    [property: DataMember(Order = 5)] DateTimeOffset GeneratedAt,
    ImmutableArray<ModelVariable> Variables,
    [property: DataMember(Order = 7)] DateTimeOffset At,
    ImmutableArray<ConfigurationItem> Limits = default) : ChargePointEvent
{
    [DataMember(Order = 60)]
    public ImmutableArray<ConfigurationItem> Limits { get => field.IsDefault ? [] : field; init; } = Limits;

    [DataMember(Order = 6)]
    public ImmutableArray<ModelVariable> Variables { get => field.IsDefault ? [] : field; init; } = Variables;
}

/// <summary>Every part of a report is stored, the last one among them.</summary>
/// <param name="Parts">How many there were.</param>
/// <param name="IsWhole">It answers a wish for everything; else it tells of some variables only.</param>
[Journaled("cp-model-reported"), DataContract]
public sealed record ModelReported(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] int Number,
    [property: DataMember(Order = 3)] int Parts,
    [property: DataMember(Order = 4)] bool IsWhole,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointEvent;

/// <summary>
/// A report is not coming to its end: what came of it is not shown, and the whole is asked for anew, unless that was
/// done often enough or nobody wished for the whole.
/// </summary>
/// <param name="Parts">How many had come.</param>
/// <param name="Why">In a sentence, with what was done about it.</param>
/// <param name="AskedAs">The number of the report that was asked for in its place; null: none was.</param>
/// <param name="Tries">How often it was asked for anew, this time included.</param>
[Journaled("cp-model-broke-off"), DataContract]
public sealed record ModelReportBrokeOff(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] int Number,
    [property: DataMember(Order = 3)] int Parts,
    [property: DataMember(Order = 4)] string Why,
    [property: DataMember(Order = 5)] int? AskedAs,
    [property: DataMember(Order = 6)] int Tries,
    [property: DataMember(Order = 7)] DateTimeOffset At) : ChargePointEvent;

/// <summary>The charger will tell its device model, or of some of its variables, in a report.</summary>
/// <param name="IsWhole">All that there is.</param>
[DataContract]
public sealed record ReportComing(
    [property: DataMember(Order = 1)] int Number,
    [property: DataMember(Order = 2)] bool IsWhole) : Outcome;

/// <summary>A report that is on its way.</summary>
/// <param name="Parts">The numbers of those that are stored.</param>
/// <param name="Last">The number of the last one; null while it has not come.</param>
/// <param name="Tries">How often it was asked for anew before this one.</param>
/// <param name="HeardAt">
/// When its charger last said anything of it; null while it has not begun, and of what is no device model.
/// </param>
/// <param name="Epoch">The session in which it did.</param>
/// <param name="BrokeOff">Nobody waits for it any more; its parts are taken if they come.</param>
[DataContract]
public sealed record KnownReport(
    [property: DataMember(Order = 1)] int Number,
    ImmutableArray<int> Parts,
    [property: DataMember(Order = 3)] int? Last,
    [property: DataMember(Order = 4)] bool IsWhole,
    [property: DataMember(Order = 5)] int Tries = 0,
    [property: DataMember(Order = 6)] DateTimeOffset? HeardAt = null,
    [property: DataMember(Order = 7)] long Epoch = 0,
    [property: DataMember(Order = 8)] bool BrokeOff = false)
{
    [DataMember(Order = 2)]
    public ImmutableArray<int> Parts { get => field.IsDefault ? [] : field; init; } = Parts;

    /// <summary>Every part is there, the last one among them.</summary>
    public bool IsComplete => Last is { } last && Parts.Length == last + 1;

    /// <summary>A device model has begun to be told, and is neither at its end nor given up.</summary>
    public bool IsComing => HeardAt is not null && !IsComplete && !BrokeOff;
}
