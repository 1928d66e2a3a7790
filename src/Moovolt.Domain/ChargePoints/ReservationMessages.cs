using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>A connector that a charger keeps for a token (OCPP 1.6, 3.11).</summary>
/// <param name="Id">Positive, one charger's own.</param>
/// <param name="Connector">(0, 0): any one of them.</param>
/// <param name="Parent">Every token of this group may use it.</param>
/// <param name="At">When the charger agreed.</param>
[DataContract]
public sealed record Reservation(
    [property: DataMember(Order = 1)] int Id,
    [property: DataMember(Order = 2)] ConnectorId Connector,
    [property: DataMember(Order = 3)] string Token,
    [property: DataMember(Order = 4)] string? Parent,
    [property: DataMember(Order = 5)] DateTimeOffset ExpiresAt,
    [property: DataMember(Order = 6)] DateTimeOffset At);

/// <summary>The charger is asked to keep a connector for a token (OCPP 1.6, 5.13).</summary>
/// <param name="Connector">Null, or (0, 0): any one of them.</param>
/// <param name="Parent">Every token of this group may use it.</param>
/// <param name="ReservationId">0 until the charge point has given it a number.</param>
[DataContract]
public sealed record Reserve(
    [property: DataMember(Order = 1)] string Token,
    [property: DataMember(Order = 2)] ConnectorId? Connector,
    [property: DataMember(Order = 3)] DateTimeOffset ExpiresAt,
    [property: DataMember(Order = 4)] string? Parent = null,
    [property: DataMember(Order = 5)] int ReservationId = 0) : StationRequest
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    public override string Verb => "reserve";

    public override string? WhyNot(ChargePoint state) => Reservations.WhyNot(state, this);

    public override StationRequest Complete(ChargePoint state) => this with { ReservationId = Reservations.NextId(state) };

    // A connector that nobody named does not show it.
    public override TimeSpan? EffectWithin(Outcome? outcome) => Connector is { Evse: > 0 } ? Within : null;

    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) => @event switch
    {
        ConnectorStatusChanged e => e.Connector == Connector && e.Status.Status == "Reserved",
        ReservationEnded e => e.ReservationId == ReservationId && e.How == ReservationEnd.Used,
        StationAnswered when asked.State == RequestState.Accepted =>
            state.Connectors.Any(known => known.Id == Connector && known.Status.Status == "Reserved"),
        _ => false,
    };

    public override string WhyNoEffect(ChargePoint state) =>
        "The charger said yes, and has not reported the connector as Reserved; some chargers do not.";
}

/// <summary>The charger is asked to give a reservation up (OCPP 1.6, 5.1).</summary>
/// <param name="Connector">Which one it keeps, as far as the charge point knows.</param>
[DataContract]
public sealed record CancelReservation(
    [property: DataMember(Order = 1)] int ReservationId,
    [property: DataMember(Order = 2)] ConnectorId? Connector = null) : StationRequest
{
    private static readonly TimeSpan Within = TimeSpan.FromMinutes(1);

    public override string Verb => "cancel-reservation";

    public override StationRequest Complete(ChargePoint state) => this with
    {
        Connector = state.Reservations.FirstOrDefault(known => known.Id == ReservationId)?.Connector,
    };

    public override TimeSpan? EffectWithin(Outcome? outcome) => Connector is { Evse: > 0 } ? Within : null;

    public override bool SeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest asked) => @event switch
    {
        ConnectorStatusChanged e => e.Connector == Connector && e.Status.Status != "Reserved",
        StationAnswered when asked.State == RequestState.Accepted =>
            state.Connectors.All(known => known.Id != Connector || known.Status.Status != "Reserved"),
        _ => false,
    };

    public override string WhyNoEffect(ChargePoint state) =>
        "The charger said yes, and still reports the connector as Reserved.";
}

/// <summary>The charger keeps a connector for a token.</summary>
/// <param name="Connector">(0, 0): any one of them.</param>
[DataContract]
public sealed record Reserved(
    [property: DataMember(Order = 1)] int ReservationId,
    [property: DataMember(Order = 2)] ConnectorId Connector,
    [property: DataMember(Order = 3)] string Token,
    [property: DataMember(Order = 4)] string? Parent,
    [property: DataMember(Order = 5)] DateTimeOffset ExpiresAt) : Outcome;

/// <summary>The charger has given a reservation up, or never had it.</summary>
[DataContract]
public sealed record ReservationCancelled([property: DataMember(Order = 1)] int ReservationId) : Outcome;

/// <summary>How a reservation ends, when nobody takes it back.</summary>
public enum ReservationEnd
{
    /// <summary>A transaction of its token, or of its group, began there.</summary>
    Used = 0,

    Expired = 1,

    /// <summary>The connector, or the charge point, is Faulted or Unavailable (OCPP 1.6, 5.13).</summary>
    Faulted = 2,
}

/// <summary>A reservation is over.</summary>
/// <param name="LocalId">The transaction that used it.</param>
[Journaled("cp-reservation-ended"), DataContract]
public sealed record ReservationEnded(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] int ReservationId,
    [property: DataMember(Order = 3)] ReservationEnd How,
    [property: DataMember(Order = 4)] string? LocalId,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointEvent;

/// <summary>The charger says that a reservation is over without having been used.</summary>
[Sent("cp-report-reservation-over"), DataContract]
public sealed record ReportReservationOver(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] int ReservationId,
    [property: DataMember(Order = 4)] ReservationEnd How,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointCommand;
