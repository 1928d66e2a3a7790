using System.Buffers.Binary;
using System.Runtime.Serialization;
using System.Security.Cryptography;
using System.Text;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.ChargePoints;

/// <summary>What has happened to a charge point. Stored for ever: add events or optional members, never rename or renumber.</summary>
public abstract record ChargePointEvent
{
    public abstract ChargePointId Id { get; init; }
    public abstract DateTimeOffset At { get; init; }
}

/// <summary>An operator has said who it is.</summary>
/// <param name="Strict">What it says is held to the letter of the specification.</param>
/// <param name="QuirkProfile">The profile that it is heard with; null: whichever fits.</param>
/// <param name="CertificateName">Whom its certificate must name (CN); null when its operator never said.</param>
/// <param name="TimeZone">Where it stands, a name of the IANA database; null when its operator never said.</param>
/// <param name="AcceptExpired">It is let in with a certificate that has expired, to get another one and for nothing else.</param>
[Journaled("cp-registered"), DataContract]
public sealed record ChargePointRegistered(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string? DisplayName,
    [property: DataMember(Order = 3)] int SecurityProfile,
    [property: DataMember(Order = 4)] int CredentialVersion,
    [property: DataMember(Order = 5)] Registration Registration,
    [property: DataMember(Order = 6)] UnknownTokens UnknownTokens,
    [property: DataMember(Order = 7)] string RequestedBy,
    [property: DataMember(Order = 8)] DateTimeOffset At,
    [property: DataMember(Order = 32)] bool Strict = false,
    [property: DataMember(Order = 33)] string? QuirkProfile = null,
    [property: DataMember(Order = 35)] string? CertificateName = null,
    [property: DataMember(Order = 70)] string? TimeZone = null,
    [property: DataMember(Order = 92)] bool AcceptExpired = false) : ChargePointEvent;

[Journaled("cp-retired"), DataContract]
public sealed record ChargePointRetired(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestedBy,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointEvent;

/// <summary>Journaled before the epoch is handed out, so that no entity ever issues one twice.</summary>
/// <param name="SecurityProfile">How it came: 0 to 3. Null in events that were stored before it was kept.</param>
/// <param name="CertificateExpiredAt">Since when the certificate that it came with was over; null for all others.</param>
[Journaled("cp-session-opened"), DataContract]
public sealed record SessionOpened(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] string Session,
    [property: DataMember(Order = 4)] string Protocol,
    [property: DataMember(Order = 5)] string Node,
    [property: DataMember(Order = 6)] long Incarnation,
    [property: DataMember(Order = 7)] string RemoteAddress,
    [property: DataMember(Order = 8)] int CredentialVersion,
    [property: DataMember(Order = 9)] DateTimeOffset At,
    [property: DataMember(Order = 34)] int? SecurityProfile = null,
    [property: DataMember(Order = 92)] DateTimeOffset? CertificateExpiredAt = null) : ChargePointEvent;

[Journaled("cp-session-closed"), DataContract]
public sealed record SessionClosed(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] string Reason,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointEvent;

/// <summary>A session that has never heard of its epoch is over: what it still says opens nothing.</summary>
[Journaled("cp-session-withdrawn"), DataContract]
public sealed record SessionWithdrawn(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string Session,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointEvent;

[Journaled("cp-booted"), DataContract]
public sealed record ChargePointBooted(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] BootDetails Details,
    [property: DataMember(Order = 4)] Registration Registration,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointEvent;

[Journaled("cp-status"), DataContract]
public sealed record ConnectorStatusChanged(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] ConnectorId Connector,
    [property: DataMember(Order = 3)] ConnectorStatus Status,
    [property: DataMember(Order = 4)] DateTimeOffset? ChargerAt,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointEvent;

/// <summary>A start of OCPP 1.6 got its number: from now on every repeat of it gets the same.</summary>
/// <param name="StartedAt">By the charger's own clock.</param>
/// <param name="Replayed">The charger told it long after it was: it is no effect of what is asked now.</param>
/// <param name="Reservation">The reservation that the charger says it uses up; null for none.</param>
[Journaled("cp-tx-numbered"), DataContract]
public sealed record TransactionNumbered(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] NumberedStart Start,
    [property: DataMember(Order = 3)] ConnectorId Connector,
    [property: DataMember(Order = 4)] string Token,
    [property: DataMember(Order = 5)] Verdict Verdict,
    [property: DataMember(Order = 6)] DateTimeOffset At,
    [property: DataMember(Order = 7)] DateTimeOffset? StartedAt = null,
    [property: DataMember(Order = 8)] bool Replayed = false,
    [property: DataMember(Order = 9)] int? Reservation = null) : ChargePointEvent;

/// <summary>
/// A transaction whose charger numbers it (OCPP 2.x) is open on a connector; once more when where or for whom is known
/// better.
/// </summary>
/// <param name="StartedAt">By the charger's own clock.</param>
/// <param name="Replayed">The charger told it long after it was: it is no effect of what is asked now.</param>
/// <param name="RemoteStart">The number of the wish that it began by.</param>
/// <param name="Reservation">Which reservation it uses.</param>
[Journaled("cp-tx-open"), DataContract]
public sealed record TransactionOpenNoted(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string LocalId,
    [property: DataMember(Order = 3)] ConnectorId Connector,
    [property: DataMember(Order = 4)] string Token,
    [property: DataMember(Order = 5)] DateTimeOffset At,
    [property: DataMember(Order = 6)] DateTimeOffset? StartedAt = null,
    [property: DataMember(Order = 7)] bool Replayed = false,
    [property: DataMember(Order = 8)] int? RemoteStart = null,
    [property: DataMember(Order = 9)] int? Reservation = null) : ChargePointEvent;

/// <summary>A transaction that was open is over: the charge point knows of its end.</summary>
[Journaled("cp-tx-over"), DataContract]
public sealed record TransactionOverNoted(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string LocalId,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointEvent;

/// <summary>A stop that names no transaction of ours: kept whole, and answered.</summary>
/// <param name="Why">In plain words.</param>
/// <param name="Frame">The payload as it came; empty from members that did not keep it.</param>
/// <param name="Fingerprint">Of what it says, when there is no payload; null: the payload's.</param>
[Journaled("cp-stop-unplaced"), DataContract]
public sealed record StopUnplaced(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string Why,
    [property: DataMember(Order = 3)] string Frame,
    [property: DataMember(Order = 4)] DateTimeOffset At,
    [property: DataMember(Order = 5)] ulong? Fingerprint = null) : ChargePointEvent;

/// <summary>An operator's wish is written down before anything is done about it.</summary>
/// <param name="Epoch">The session that it goes to; 0 while it is queued.</param>
[Journaled("cp-requested"), DataContract]
public sealed record StationRequested(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] StationRequest Request,
    [property: DataMember(Order = 4)] string RequestedBy,
    [property: DataMember(Order = 5)] int Patience,
    [property: DataMember(Order = 6)] DateTimeOffset? QueueUntil,
    [property: DataMember(Order = 7)] long Epoch,
    [property: DataMember(Order = 8)] DateTimeOffset At) : ChargePointEvent;

/// <summary>A queued wish goes to the charger that has come back.</summary>
[Journaled("cp-request-sent"), DataContract]
public sealed record StationRequestSent(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] long Epoch,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointEvent;

/// <summary>What came of a wish: the charger's answer, or that there was none.</summary>
/// <param name="Late">True when it came after we had given up.</param>
/// <param name="EffectUntil">Until when we look for what the charger promised; null when there is nothing to see.</param>
[Journaled("cp-answered"), DataContract]
public sealed record StationAnswered(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] StationAnswer Answer,
    [property: DataMember(Order = 4)] bool Late,
    [property: DataMember(Order = 5)] DateTimeOffset At,
    [property: DataMember(Order = 6)] DateTimeOffset? EffectUntil = null) : ChargePointEvent;

/// <summary>The effect of a wish was seen before the charger answered it.</summary>
[Journaled("cp-effect-seen"), DataContract]
public sealed record StationEffectSeen(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointEvent;

/// <summary>What the charger promised was seen, or was not seen in time.</summary>
/// <param name="State">Effective or NoEffect.</param>
/// <param name="Why">In plain words, for NoEffect; null otherwise.</param>
[Journaled("cp-request-settled"), DataContract]
public sealed record StationRequestSettled(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] RequestState State,
    [property: DataMember(Order = 4)] string? Why,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointEvent;

/// <summary>A queued wish came to nothing: its time ran out, or it was taken back.</summary>
/// <param name="State">Expired or Cancelled.</param>
[Journaled("cp-request-dropped"), DataContract]
public sealed record StationRequestDropped(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] RequestState State,
    [property: DataMember(Order = 4)] string Why,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointEvent;

/// <summary>Which start got which number.</summary>
/// <param name="High">First half of a 128-bit fingerprint of the business key.</param>
/// <param name="Low">Second half.</param>
[DataContract]
public readonly record struct NumberedStart(
    [property: DataMember(Order = 1)] ulong High,
    [property: DataMember(Order = 2)] ulong Low,
    [property: DataMember(Order = 3)] int Number)
{
    /// <summary>The fingerprint of a business key. Stored for ever: never change it.</summary>
    public static (ulong High, ulong Low) Fingerprint(string key)
    {
        var digest = SHA256.HashData(Encoding.UTF8.GetBytes(key));
        return (BinaryPrimitives.ReadUInt64BigEndian(digest), BinaryPrimitives.ReadUInt64BigEndian(digest.AsSpan(8)));
    }
}
