using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.Transactions;

public abstract record TransactionCommand : Command
{
    public abstract TransactionId Id { get; init; }
    public override string EntityId => Id.ToString();
}

/// <summary>
/// The charger says that a transaction has begun. Answered with <see cref="Began"/>, a repeat with the same.
/// </summary>
/// <param name="Token">As the charger wrote it; empty when nobody was named.</param>
/// <param name="MeterStart">Null when the charger gave none that can be read.</param>
/// <param name="At">The charger's own time.</param>
/// <param name="ArrivedAt">Ours.</param>
/// <param name="NumberedByUs">OCPP 1.6: the local id is ours, so nothing that came before can belong to it.</param>
/// <param name="Frame">
/// The payload as it came, when not all of it could be read; null when it says no more than the members.
/// </param>
/// <param name="Replayed">The charger tells it long after it was.</param>
/// <param name="ClockSkewSeconds">How far the charger's clock is ahead of ours; null while nobody knows.</param>
[Sent("tx-begin"), DataContract]
public sealed record BeginTransaction(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] ConnectorId Connector,
    [property: DataMember(Order = 3)] string Token,
    [property: DataMember(Order = 4)] Verdict Verdict,
    [property: DataMember(Order = 5)] Energy? MeterStart,
    [property: DataMember(Order = 6)] DateTimeOffset At,
    [property: DataMember(Order = 7)] DateTimeOffset ArrivedAt,
    [property: DataMember(Order = 8)] bool NumberedByUs,
    ImmutableArray<Oddity> Oddities,
    [property: DataMember(Order = 10)] int? Reservation = null,
    [property: DataMember(Order = 11)] string? Frame = null,
    [property: DataMember(Order = 12)] bool Replayed = false,
    [property: DataMember(Order = 13)] int? ClockSkewSeconds = null) : TransactionCommand
{
    [DataMember(Order = 9)]
    public ImmutableArray<Oddity> Oddities { get => field.IsDefault ? [] : field; init; } = Oddities;
}

/// <summary>The charger reports what its meter showed during a transaction.</summary>
/// <param name="Connector">Where the charger says it measured.</param>
/// <param name="Placed">
/// True once the charge point has decided that the samples belong here: they are not sent on again.
/// </param>
[Sent("tx-record-samples"), DataContract]
public sealed record RecordSamples(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] ConnectorId Connector,
    ImmutableArray<Sample> Samples,
    [property: DataMember(Order = 4)] DateTimeOffset ArrivedAt,
    ImmutableArray<Oddity> Oddities,
    [property: DataMember(Order = 6)] bool Placed = false,
    [property: DataMember(Order = 7)] string? Frame = null) : TransactionCommand
{
    [DataMember(Order = 3)]
    public ImmutableArray<Sample> Samples { get => field.IsDefault ? [] : field; init; } = Samples;

    [DataMember(Order = 5)]
    public ImmutableArray<Oddity> Oddities { get => field.IsDefault ? [] : field; init; } = Oddities;
}

/// <summary>The charger says that a transaction is over. It is a fact: nothing can refuse it.</summary>
/// <param name="Token">Who stopped it, as the charger wrote it; null when nobody is named.</param>
/// <param name="Reason">OCPP's word; "Local" when the charger left it out (OCPP 1.6, 7.36).</param>
/// <param name="Placed">
/// True when the id is the charger's own word (OCPP 2.x), or once the charge point has looked: an id that never began
/// is then kept under itself, and not sent on to be placed.
/// </param>
/// <param name="Stopper">
/// What we think of the one who stopped it; null when nobody was named, or nobody could say.
/// </param>
/// <param name="BelievedOpen">The charge point takes the transaction for open, and must hear when it is not.</param>
[Sent("tx-end"), DataContract]
public sealed record EndTransaction(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] string? Token,
    [property: DataMember(Order = 3)] Energy? MeterStop,
    [property: DataMember(Order = 4)] string Reason,
    [property: DataMember(Order = 5)] DateTimeOffset At,
    [property: DataMember(Order = 6)] DateTimeOffset ArrivedAt,
    ImmutableArray<Sample> Samples,
    ImmutableArray<Oddity> Oddities,
    [property: DataMember(Order = 9)] string? Frame = null,
    [property: DataMember(Order = 10)] bool Placed = false,
    [property: DataMember(Order = 11)] Verdict? Stopper = null,
    [property: DataMember(Order = 12)] bool BelievedOpen = false) : TransactionCommand
{
    [DataMember(Order = 7)]
    public ImmutableArray<Sample> Samples { get => field.IsDefault ? [] : field; init; } = Samples;

    [DataMember(Order = 8)]
    public ImmutableArray<Oddity> Oddities { get => field.IsDefault ? [] : field; init; } = Oddities;
}

/// <summary>Who else must know that a transaction is over.</summary>
public enum ClosingParty
{
    ChargePoint = 0,
    Token = 1,
}

/// <summary>An entity that had to know of the end says that it knows.</summary>
/// <param name="Token">The token's key, when it is one; null from members that did not say it yet.</param>
[Sent("tx-confirm-close"), DataContract]
public sealed record ConfirmClose(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] ClosingParty By,
    [property: DataMember(Order = 3)] DateTimeOffset At,
    [property: DataMember(Order = 4)] string? Token = null) : TransactionCommand;

/// <summary>
/// The clock: something was due. A transaction tells its end again to whoever has not confirmed it; one that runs asks
/// its charge point whether it can still be running.
/// </summary>
/// <param name="StopPatience">How long silence lasts before it is over; null for the usual.</param>
[Sent("tx-wake"), DataContract]
public sealed record WakeTransaction(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] string Reason,
    [property: DataMember(Order = 3)] DateTimeOffset At,
    [property: DataMember(Order = 4)] StopPatience? StopPatience = null) : TransactionCommand;

/// <summary>What makes us believe that a transaction is over whose stop has not come.</summary>
public enum EndEvidence
{
    /// <summary>A later transaction began on its connector.</summary>
    NextStart = 0,

    /// <summary>Its connector is free again, and nothing was heard of it for a while.</summary>
    ConnectorFree = 1,

    /// <summary>The charger is there, and nothing was heard of the transaction for very long.</summary>
    Idle = 2,

    /// <summary>The charger was asked: it does not go on, and there is nothing more to tell of it.</summary>
    ChargerSaysSo = 3,
}

/// <summary>A transaction is over as far as anybody can tell. Its own stop corrects that when it comes.</summary>
/// <param name="At">By the charger's clock where it has told: when the evidence is from.</param>
[Sent("tx-infer-end"), DataContract]
public sealed record InferEnd(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] EndEvidence Evidence,
    [property: DataMember(Order = 3)] DateTimeOffset At,
    [property: DataMember(Order = 4)] DateTimeOffset ArrivedAt) : TransactionCommand;

/// <summary>The charge point's word that a transaction without a stop may still be running.</summary>
[Sent("tx-await-stop"), DataContract]
public sealed record AwaitStop(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] DateTimeOffset Again,
    [property: DataMember(Order = 3)] DateTimeOffset At) : TransactionCommand;

/// <summary>
/// An operator closes the record of a transaction; the charger is asked nothing. Its own stop still corrects it.
/// </summary>
/// <param name="Why">A sentence, kept beside the record.</param>
[Sent("tx-close-record"), DataContract]
public sealed record CloseRecord(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] string Why,
    [property: DataMember(Order = 3)] string RequestedBy,
    [property: DataMember(Order = 4)] DateTimeOffset At) : TransactionCommand, IOperatorCommand;

/// <summary>The answer to <see cref="BeginTransaction"/>: the same for every repeat of the same start.</summary>
[Sent("re-began"), DataContract]
public sealed record Began(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] Verdict Verdict) : Reply;

/// <summary>The samples belong to no transaction that we know: they are the station's, and kept as such.</summary>
[Sent("re-station-reading"), DataContract]
public sealed record StationReading : Reply;
