using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>Kinds of things that a charger holds or says, of which the latest word counts. Numbers are stored.</summary>
public enum HeldKind
{
    /// <summary>It watches a variable and reports what it sees (OCPP 2.0.1, N04).</summary>
    Monitor = 1,

    /// <summary>A text on its display (O01).</summary>
    DisplayMessage = 2,

    /// <summary>What charging costs (OCPP 2.1, I07).</summary>
    Tariff = 3,

    /// <summary>How it shall serve the grid (OCPP 2.1, R04).</summary>
    DerControl = 4,

    /// <summary>What it knows of a customer (N09). Personal.</summary>
    CustomerInformation = 5,

    /// <summary>Which monitors are set to begin with, and from which severity on it reports (N03, N05).</summary>
    Monitoring = 6,

    /// <summary>What a car wants of a transaction (K15).</summary>
    ChargingNeeds = 7,

    /// <summary>What a car means to draw (K15).</summary>
    EvSchedule = 8,

    /// <summary>Somebody else limits the charging (K12).</summary>
    OutsideLimit = 9,

    /// <summary>A transaction goes before others (OCPP 2.1, K21).</summary>
    PriorityCharging = 10,

    /// <summary>Ways of energy transfer that a transaction may use (OCPP 2.1, Q06).</summary>
    EnergyTransfer = 11,

    /// <summary>What a transaction has cost so far, as the driver was shown (I02).</summary>
    Cost = 12,

    /// <summary>A control has set in, or ended (OCPP 2.1, R05).</summary>
    DerState = 13,

    /// <summary>A fault of the grid is seen (OCPP 2.1, R05).</summary>
    DerAlarm = 14,
}

/// <summary>A thing that a charger holds, or says.</summary>
/// <param name="Id">What it is called among its kind; empty: it is of the transaction that is open at its place.</param>
/// <param name="Place">(0, 0): the charge point itself.</param>
/// <param name="Body">A JSON object that says what it is, up to <see cref="Held.LongestBody"/> characters.</param>
/// <param name="Group">What it belongs to among its kind, such as the type of a control; null for nothing.</param>
/// <param name="Severity">Of a monitor: 0 (danger) to 9 (debug).</param>
[DataContract]
public sealed record HeldThing(
    [property: DataMember(Order = 1)] HeldKind Kind,
    [property: DataMember(Order = 2)] string Id,
    [property: DataMember(Order = 3)] ConnectorId Place,
    [property: DataMember(Order = 4)] string Body,
    [property: DataMember(Order = 5)] string? Group = null,
    [property: DataMember(Order = 6)] int? Severity = null);

/// <summary>The charger holds these now.</summary>
/// <param name="Whole">And no others of the kind.</param>
[DataContract]
public sealed record NowHeld(
    [property: DataMember(Order = 1)] HeldKind Kind,
    ImmutableArray<HeldThing> Things,
    [property: DataMember(Order = 3)] bool Whole = false) : Outcome
{
    [DataMember(Order = 2)]
    public ImmutableArray<HeldThing> Things { get => field.IsDefault ? [] : field; init; } = Things;
}

/// <summary>The charger will tell in a report what it holds of the kind that was asked for.</summary>
/// <param name="IsWhole">All that there is.</param>
[DataContract]
public sealed record HeldComing(
    [property: DataMember(Order = 1)] int Number,
    [property: DataMember(Order = 2)] bool IsWhole) : Outcome;

/// <summary>The charger holds those no more: all that fit what is given.</summary>
/// <param name="Ids">Empty: whatever they are called.</param>
/// <param name="Place">Null: wherever they are.</param>
/// <param name="Group">A group, or the first word of several; null: whichever.</param>
[DataContract]
public sealed record NoLongerHeld(
    [property: DataMember(Order = 1)] HeldKind Kind,
    ImmutableArray<string> Ids,
    [property: DataMember(Order = 3)] ConnectorId? Place = null,
    [property: DataMember(Order = 4)] string? Group = null) : Outcome
{
    [DataMember(Order = 2)]
    public ImmutableArray<string> Ids { get => field.IsDefault ? [] : field; init; } = Ids;
}

/// <summary>A part of what a charger tells of the things that it holds.</summary>
/// <param name="Number">Of the wish that it answers.</param>
/// <param name="Part">Counted from 0; null in reports whose parts have no number, and come one after the other.</param>
/// <param name="IsLast">No part follows.</param>
[Sent("cp-report-held"), DataContract]
public sealed record ReportHeldPart(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] HeldKind Kind,
    [property: DataMember(Order = 4)] int Number,
    [property: DataMember(Order = 5)] int? Part,
    [property: DataMember(Order = 6)] bool IsLast,
    ImmutableArray<HeldThing> Things,
    [property: DataMember(Order = 8)] DateTimeOffset At) : ChargePointCommand
{
    [DataMember(Order = 7)]
    public ImmutableArray<HeldThing> Things { get => field.IsDefault ? [] : field; init; } = Things;
}

/// <param name="Part">Its number, or a fingerprint of it when parts have none.</param>
/// <param name="Last">The number of the last part, when this is it.</param>
[Journaled("cp-held-part"), DataContract]
public sealed record HeldPartReported(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] HeldKind Kind,
    [property: DataMember(Order = 3)] int Number,
    [property: DataMember(Order = 4)] int Part,
    [property: DataMember(Order = 5)] int? Last,
    ImmutableArray<HeldThing> Things,
    [property: DataMember(Order = 7)] DateTimeOffset At) : ChargePointEvent
{
    [DataMember(Order = 6)]
    public ImmutableArray<HeldThing> Things { get => field.IsDefault ? [] : field; init; } = Things;
}

/// <summary>Every part of a report of things is stored, the last one among them.</summary>
/// <param name="IsWhole">What it did not tell is held no more.</param>
[Journaled("cp-held-reported"), DataContract]
public sealed record HeldReported(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] HeldKind Kind,
    [property: DataMember(Order = 3)] int Number,
    [property: DataMember(Order = 4)] int Parts,
    [property: DataMember(Order = 5)] bool IsWhole,
    [property: DataMember(Order = 6)] DateTimeOffset At) : ChargePointEvent;

/// <summary>The charger tells by itself that something is so, or is over.</summary>
[Sent("cp-tell-held"), DataContract]
public sealed record TellHeld(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] HeldThing Thing,
    [property: DataMember(Order = 4)] bool Over,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointCommand;

/// <param name="Over">It is so no more.</param>
[Journaled("cp-held-told"), DataContract]
public sealed record HeldTold(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] HeldThing Thing,
    [property: DataMember(Order = 3)] bool Over,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointEvent;

/// <summary>The latest word of a charger on something.</summary>
/// <param name="Of">A fingerprint of what it is about.</param>
/// <param name="Says">A fingerprint of what it says.</param>
[DataContract]
public readonly record struct KnownWord(
    [property: DataMember(Order = 1)] ulong Of,
    [property: DataMember(Order = 2)] ulong Says);
