using System.Collections.Immutable;
using System.Globalization;
using System.Runtime.Serialization;
using System.Text;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.Transactions;

/// <summary>What a step is in the course of its transaction.</summary>
public enum StepKind
{
    Began = 0,
    WentOn = 1,
    Ended = 2,
}

/// <summary>
/// One step of a transaction whose charger numbers what it tells of it (OCPP 2.0.1, E01.FR.07), in the charger's words.
/// </summary>
/// <param name="Number">
/// The charger's own count within the transaction; null when it gave none that can be read.
/// </param>
/// <param name="At">The charger's own time; null when it gave none that can be read.</param>
/// <param name="Trigger">OCPP's word for what led to it, such as "Authorized".</param>
/// <param name="ChargingState">OCPP's word, such as "SuspendedEV"; null when the charger did not say.</param>
/// <param name="Offline">It happened while the charger could not tell.</param>
[DataContract]
public sealed record ToldStep(
    [property: DataMember(Order = 1)] StepKind Kind,
    [property: DataMember(Order = 2)] int? Number,
    [property: DataMember(Order = 3)] DateTimeOffset? At,
    [property: DataMember(Order = 4)] string? Trigger = null,
    [property: DataMember(Order = 5)] string? ChargingState = null,
    [property: DataMember(Order = 6)] bool Offline = false)
{
    /// <summary>The word for who stops a transaction: not for who charges (OCPP 2.0.1, E07).</summary>
    private const string StopAuthorized = "StopAuthorized";

    /// <summary>
    /// Whose token counts, of several: the earliest that is no end's; who charges is told at the beginning or when it
    /// is settled, and at the end it may be who stops it.
    /// </summary>
    internal int TokenRank => Kind == StepKind.Ended || Trigger == StopAuthorized
        ? int.MaxValue : Number ?? (int.MaxValue - 1);
}

/// <summary>
/// The charger tells one step of a transaction that it numbers itself. Steps come in any order, twice, or not at all:
/// each is a fact, and what the transaction came to follows from all that were told. Answered when it is stored.
/// </summary>
/// <param name="Connector">Where, when the charger says; its connector is 0 while only the EVSE is known.</param>
/// <param name="Token">Who was named, as the charger wrote it; null for nobody.</param>
/// <param name="Verdict">What we think of the one who was named; null when nobody was.</param>
/// <param name="Reason">Why it ended, in OCPP's word; null for the usual.</param>
/// <param name="Reservation">Which reservation it uses.</param>
/// <param name="RemoteStart">The number of the wish that it began by.</param>
[Sent("tx-report-step"), DataContract]
public sealed record ReportStep(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] ToldStep Step,
    [property: DataMember(Order = 3)] DateTimeOffset ArrivedAt,
    [property: DataMember(Order = 4)] ConnectorId? Connector,
    [property: DataMember(Order = 5)] string? Token,
    [property: DataMember(Order = 6)] Verdict? Verdict,
    [property: DataMember(Order = 7)] string? Reason,
    ImmutableArray<Sample> Samples,
    ImmutableArray<Oddity> Oddities,
    [property: DataMember(Order = 10)] string? Frame = null,
    [property: DataMember(Order = 11)] int? Reservation = null,
    [property: DataMember(Order = 12)] int? RemoteStart = null) : TransactionCommand
{
    [DataMember(Order = 8)]
    public ImmutableArray<Sample> Samples { get => field.IsDefault ? [] : field; init; } = Samples;

    [DataMember(Order = 9)]
    public ImmutableArray<Oddity> Oddities { get => field.IsDefault ? [] : field; init; } = Oddities;

    internal DateTimeOffset At => Step.At ?? ArrivedAt;

    /// <summary>
    /// Fingerprint of what is said, without what a repeat may say otherwise: that it was offline, and our own verdict.
    /// </summary>
    internal int Said
    {
        get
        {
            var text = new StringBuilder($"{Connector}|{Token}|{Reason}|{Reservation}|{RemoteStart}|");
            text.Append(CultureInfo.InvariantCulture, $"{Step.Trigger}|{Step.ChargingState}|");
            foreach (var sample in Samples) text.Append(CultureInfo.InvariantCulture, $"{Fingerprint.Of(sample)},");
            var whole = Fingerprint.Of(text.Append(Frame).ToString());
            return (int)((whole ^ (whole >> 32)) & int.MaxValue); // small as it is stored
        }
    }
}

/// <summary>Who charges was told after the transaction had begun, or is another one than was thought.</summary>
[Journaled("tx-authorized"), DataContract]
public sealed record TransactionAuthorized(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] string Token,
    [property: DataMember(Order = 3)] Verdict Verdict,
    [property: DataMember(Order = 4)] DateTimeOffset At,
    [property: DataMember(Order = 5)] DateTimeOffset ArrivedAt) : TransactionEvent;

/// <summary>What was odd is explained by what the charger told later: it is not said any more.</summary>
/// <param name="StillHeld">Whether something else is so odd that a person should look before anybody pays.</param>
[Journaled("tx-suspicion-settled"), DataContract]
public sealed record SuspicionSettled(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] string Code,
    [property: DataMember(Order = 3)] bool StillHeld,
    [property: DataMember(Order = 4)] DateTimeOffset ArrivedAt) : TransactionEvent;
