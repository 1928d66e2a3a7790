using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.Transactions;

/// <summary>What has happened to a transaction. Stored for ever: add events or optional members, never rename or renumber.</summary>
public abstract record TransactionEvent
{
    public abstract TransactionId Id { get; init; }

    /// <summary>When we learnt of it.</summary>
    public abstract DateTimeOffset ArrivedAt { get; init; }
}

/// <param name="Replayed">The charger told it long after it was: nobody shall hear that charging starts now.</param>
/// <param name="ClockSkewSeconds">How far the charger's clock was ahead of ours, as far as we knew; null: not to speak of.</param>
/// <param name="Inferred">
/// The step that began it has not come: this is the first that we heard. When it comes, or another says more about the
/// beginning, it is told again, and takes the place of this.
/// </param>
/// <param name="RemoteStart">The number of the wish that it began by.</param>
[Journaled("tx-began"), DataContract]
public sealed record TransactionBegan(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] ConnectorId Connector,
    [property: DataMember(Order = 3)] string Token,
    [property: DataMember(Order = 4)] Verdict Verdict,
    [property: DataMember(Order = 5)] Energy? MeterStart,
    [property: DataMember(Order = 6)] DateTimeOffset At,
    [property: DataMember(Order = 7)] DateTimeOffset ArrivedAt,
    [property: DataMember(Order = 8)] bool NumberedByUs,
    [property: DataMember(Order = 9)] int? Reservation = null,
    [property: DataMember(Order = 10)] string? Frame = null,
    [property: DataMember(Order = 11)] bool Replayed = false,
    [property: DataMember(Order = 12)] int? ClockSkewSeconds = null,
    [property: DataMember(Order = 13)] bool Inferred = false,
    [property: DataMember(Order = 14)] int? RemoteStart = null) : TransactionEvent;

/// <summary>What the meter showed. Stored before the beginning too, when that is still to come.</summary>
/// <param name="Step">Which step of the transaction it was told with, by a charger that numbers them; then perhaps without a sample.</param>
/// <param name="Said">Fingerprint of all that the step said; null without a step, and in events of before.</param>
[Journaled("tx-samples"), DataContract]
public sealed record SamplesRecorded(
    [property: DataMember(Order = 1)] TransactionId Id,
    ImmutableArray<Sample> Samples,
    [property: DataMember(Order = 3)] DateTimeOffset ArrivedAt,
    [property: DataMember(Order = 4)] string? Frame = null,
    [property: DataMember(Order = 5)] ToldStep? Step = null,
    [property: DataMember(Order = 6)] int? Said = null) : TransactionEvent
{
    [DataMember(Order = 2)]
    public ImmutableArray<Sample> Samples { get => field.IsDefault ? [] : field; init; } = Samples;
}

/// <summary>
/// A transaction is over. One that was inferred, or that an operator has closed, may be followed by the real one, which
/// then takes its place and changes nothing else.
/// </summary>
/// <param name="Delivered">What it came to: never negative, and only what the meter proves.</param>
/// <param name="Inferred">No stop has come: what else was seen says that it is over.</param>
/// <param name="ClosedBy">The operator who has closed the record; null when nobody has.</param>
[Journaled("tx-ended"), DataContract]
public sealed record TransactionEnded(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] string? Token,
    [property: DataMember(Order = 3)] Energy? MeterStop,
    [property: DataMember(Order = 4)] Energy Delivered,
    [property: DataMember(Order = 5)] string Reason,
    [property: DataMember(Order = 6)] DateTimeOffset At,
    [property: DataMember(Order = 7)] DateTimeOffset ArrivedAt,
    ImmutableArray<Sample> Samples,
    [property: DataMember(Order = 9)] string? Frame = null,
    [property: DataMember(Order = 10)] bool Inferred = false,
    [property: DataMember(Order = 11)] string? ClosedBy = null) : TransactionEvent
{
    [DataMember(Order = 8)]
    public ImmutableArray<Sample> Samples { get => field.IsDefault ? [] : field; init; } = Samples;
}

/// <summary>A stop for a transaction that we never saw begin: kept, answered, and placed when its start turns up.</summary>
[Journaled("tx-stop-suspended"), DataContract]
public sealed record StopSuspended(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] string? Token,
    [property: DataMember(Order = 3)] Energy? MeterStop,
    [property: DataMember(Order = 4)] string Reason,
    [property: DataMember(Order = 5)] DateTimeOffset At,
    [property: DataMember(Order = 6)] DateTimeOffset ArrivedAt,
    ImmutableArray<Sample> Samples,
    [property: DataMember(Order = 8)] string? Frame = null) : TransactionEvent
{
    [DataMember(Order = 7)]
    public ImmutableArray<Sample> Samples { get => field.IsDefault ? [] : field; init; } = Samples;
}

/// <summary>Something odd that an operator may want to read; it changes nothing else.</summary>
/// <param name="Holds">A person should look at the transaction before anybody pays for it.</param>
/// <param name="Gaps">Which steps are missing, when that is what is odd.</param>
[Journaled("tx-suspicion"), DataContract]
public sealed record SuspicionRaised(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] Oddity Oddity,
    [property: DataMember(Order = 3)] DateTimeOffset ArrivedAt,
    [property: DataMember(Order = 4)] bool Holds = false,
    ImmutableArray<StepGap> Gaps = default) : TransactionEvent
{
    [DataMember(Order = 5)]
    public ImmutableArray<StepGap> Gaps { get => field.IsDefault ? [] : field; init; } = Gaps;
}

/// <summary>The clock asked whether a transaction without a stop is over, and it is not to be taken for that yet.</summary>
/// <param name="Again">When to look again.</param>
[Journaled("tx-stop-awaited"), DataContract]
public sealed record StopAwaited(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] DateTimeOffset Again,
    [property: DataMember(Order = 3)] DateTimeOffset ArrivedAt) : TransactionEvent;

/// <summary>
/// Another entity knows that this transaction is over. A charge point that journals that itself
/// (<see cref="TransactionOverNoted"/>) is not journaled here a second time.
/// </summary>
/// <param name="Token">Which token keeps no place any more; null for a charge point, and in events of before.</param>
/// <param name="AwaitsOthers">It is not the last token that kept a place; or it is none of who charges, who goes on.</param>
[Journaled("tx-close-confirmed"), DataContract]
public sealed record CloseConfirmed(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] ClosingParty By,
    [property: DataMember(Order = 3)] DateTimeOffset ArrivedAt,
    [property: DataMember(Order = 4)] string? Token = null,
    [property: DataMember(Order = 5)] bool AwaitsOthers = false) : TransactionEvent;
