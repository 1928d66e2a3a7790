using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

public abstract record ChargePointCommand : Command
{
    public abstract ChargePointId Id { get; init; }
    public override string EntityId => Id.Value;
}

/// <summary>
/// A session says that it holds the charger's socket: at first, after its entity has moved, and every half minute.
/// The same session always gets the same epoch; a new one gets the next. Answered with <see cref="SessionOpen"/>, or
/// <see cref="Fenced"/> when a newer session holds the charger.
/// </summary>
/// <param name="Session">Made by the session for itself, unique for ever.</param>
/// <param name="Epoch">0 at first, then what it was given.</param>
/// <param name="Protocol">The agreed subprotocol, such as "ocpp1.6".</param>
/// <param name="Node">The member's address in the cluster.</param>
/// <param name="Incarnation">Which run of the program at that address: Akka's unique address uid.</param>
/// <param name="CredentialVersion">The credential that the charger used; 0 for none (profile 0).</param>
/// <param name="Rotation">The rotation that its password came from; null when an operator gave it, or it has none.</param>
/// <param name="SecurityProfile">How it came: 0 to 3. Null from nodes that did not say it yet.</param>
/// <param name="CertificateExpiredAt">Since when the certificate that it came with is over; null for all others.</param>
[Sent("cp-open-session"), DataContract]
public sealed record OpenSession(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string Session,
    [property: DataMember(Order = 3)] long Epoch,
    [property: DataMember(Order = 4)] string Protocol,
    [property: DataMember(Order = 5)] string Node,
    [property: DataMember(Order = 6)] long Incarnation,
    [property: DataMember(Order = 7)] string RemoteAddress,
    [property: DataMember(Order = 8)] int CredentialVersion,
    [property: DataMember(Order = 9)] DateTimeOffset At,
    [property: DataMember(Order = 36)] string? Rotation = null,
    [property: DataMember(Order = 34)] int? SecurityProfile = null,
    [property: DataMember(Order = 92)] DateTimeOffset? CertificateExpiredAt = null) : ChargePointCommand;

/// <summary>A socket is gone. An epoch that is not the current one changes nothing.</summary>
/// <param name="Reason">One of <see cref="SessionEnd"/>, or OCPP's close code in words.</param>
[Sent("cp-close-session"), DataContract]
public sealed record CloseSession(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] string Reason,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointCommand;

/// <summary>
/// A socket is gone whose session has never heard of its epoch. What was opened of it unseen is closed, and nothing is
/// opened of it any more: what it said before may still be on its way, and must not displace the socket that came after.
/// </summary>
/// <param name="Session">As in <see cref="OpenSession"/>.</param>
/// <param name="Reason">As in <see cref="CloseSession"/>.</param>
[Sent("cp-withdraw-session"), DataContract]
public sealed record WithdrawSession(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string Session,
    [property: DataMember(Order = 3)] string Reason,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointCommand;

/// <summary>
/// A charger has been connected for a while and has never booted here: it came from elsewhere, or an answer to its boot
/// was lost, and nothing that it says is heard; or its certificate has expired, or no longer has, and it has not booted
/// since. It is asked to boot, once per session (OCPP 1.6, 5.17; 2.0.1, F06).
/// </summary>
[Sent("cp-ask-for-boot"), DataContract]
public sealed record AskForBoot(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointCommand;

/// <summary>Why sessions end, where we know better than the socket does.</summary>
public static class SessionEnd
{
    public const string Replaced = "sessionReplaced";
    public const string NodeLost = "nodeLost";
    public const string CredentialChanged = "credentialChanged";
    public const string Retired = "retired";
    public const string ProfileTooLow = "securityProfileTooLow";
}

/// <summary>The charger introduces itself (OCPP 1.6, 4.2). Answered with <see cref="BootAnswered"/>.</summary>
[Sent("cp-report-boot"), DataContract]
public sealed record ReportBoot(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] BootDetails Details,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointCommand;

/// <summary>What a charger says of itself at boot, in its own words.</summary>
[DataContract]
public sealed record BootDetails(
    [property: DataMember(Order = 1)] string? Vendor,
    [property: DataMember(Order = 2)] string? Model,
    [property: DataMember(Order = 3)] string? SerialNumber = null,
    [property: DataMember(Order = 4)] string? FirmwareVersion = null,
    [property: DataMember(Order = 5)] string? BoxSerialNumber = null,
    [property: DataMember(Order = 6)] string? Iccid = null,
    [property: DataMember(Order = 7)] string? Imsi = null,
    [property: DataMember(Order = 8)] string? MeterType = null,
    [property: DataMember(Order = 9)] string? MeterSerialNumber = null,
    [property: DataMember(Order = 10)] string? Reason = null);

/// <summary>The charger says how a connector is. An unchanged status is no event.</summary>
/// <param name="ChargerAt">The charger's own time, when it gave one.</param>
/// <param name="Latest">The latest that it has said of this connector before, over this connection; null for nothing.</param>
[Sent("cp-report-status"), DataContract]
public sealed record ReportStatus(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] ConnectorId Connector,
    [property: DataMember(Order = 4)] ConnectorStatus Status,
    [property: DataMember(Order = 5)] DateTimeOffset? ChargerAt,
    [property: DataMember(Order = 6)] DateTimeOffset At,
    [property: DataMember(Order = 7)] SaidAt? Latest = null) : ChargePointCommand;

/// <summary>How a connector is, in the charger's own words.</summary>
/// <param name="Status">OCPP's word, such as "Charging".</param>
/// <param name="ErrorCode">OCPP's word; "NoError" when all is well.</param>
[DataContract]
public sealed record ConnectorStatus(
    [property: DataMember(Order = 1)] string Status,
    [property: DataMember(Order = 2)] string ErrorCode,
    [property: DataMember(Order = 3)] string? Description = null,
    [property: DataMember(Order = 4)] string? VendorId = null,
    [property: DataMember(Order = 5)] string? VendorErrorCode = null);

/// <summary>
/// The charger has begun a transaction and leaves it to us to number it (OCPP 1.6, 4.8). The same start always gets
/// the same number, however often and wherever it is repeated. Goes on to the transaction, whose commit answers.
/// </summary>
/// <param name="Key">The business key: connector, idTag, timestamp and meterStart, as one text.</param>
[Sent("cp-number-transaction"), DataContract]
public sealed record NumberTransaction(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string Key,
    [property: DataMember(Order = 3)] ConnectorId Connector,
    [property: DataMember(Order = 4)] string Token,
    [property: DataMember(Order = 5)] Verdict Verdict,
    [property: DataMember(Order = 6)] Energy? MeterStart,
    [property: DataMember(Order = 7)] DateTimeOffset At,
    [property: DataMember(Order = 8)] DateTimeOffset ArrivedAt,
    ImmutableArray<Oddity> Oddities,
    [property: DataMember(Order = 10)] int? Reservation = null,
    [property: DataMember(Order = 11)] string? Frame = null) : ChargePointCommand
{
    [DataMember(Order = 9)]
    public ImmutableArray<Oddity> Oddities { get => field.IsDefault ? [] : field; init; } = Oddities;
}

/// <summary>Samples that name no transaction, or one that never began: the connector tells where they belong.</summary>
/// <param name="Claimed">The local id that the charger named; null for none.</param>
[Sent("cp-place-samples"), DataContract]
public sealed record PlaceSamples(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] ConnectorId Connector,
    [property: DataMember(Order = 3)] string? Claimed,
    ImmutableArray<Sample> Samples,
    [property: DataMember(Order = 5)] DateTimeOffset ArrivedAt,
    ImmutableArray<Oddity> Oddities,
    [property: DataMember(Order = 7)] string? Frame = null) : ChargePointCommand
{
    [DataMember(Order = 4)]
    public ImmutableArray<Sample> Samples { get => field.IsDefault ? [] : field; init; } = Samples;

    [DataMember(Order = 6)]
    public ImmutableArray<Oddity> Oddities { get => field.IsDefault ? [] : field; init; } = Oddities;
}

/// <summary>
/// A stop that names no transaction (-1, 0, null, nothing readable; errata 3.18 of OCPP 1.6 lets -1 be answered as
/// valid), or one that never began. The open transaction of the same token that had begun by then takes it; else it is
/// kept in suspense, and answered all the same.
/// </summary>
/// <param name="Claimed">The local id that the charger named; null for none.</param>
/// <param name="Stopper">What we think of the one who stopped it; null when nobody was named, or nobody could say.</param>
[Sent("cp-place-stop"), DataContract]
public sealed record PlaceStop(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string? Token,
    [property: DataMember(Order = 3)] Energy? MeterStop,
    [property: DataMember(Order = 4)] string Reason,
    [property: DataMember(Order = 5)] DateTimeOffset At,
    [property: DataMember(Order = 6)] DateTimeOffset ArrivedAt,
    ImmutableArray<Sample> Samples,
    ImmutableArray<Oddity> Oddities,
    [property: DataMember(Order = 9)] string Frame,
    [property: DataMember(Order = 10)] string? Claimed = null,
    [property: DataMember(Order = 11)] Verdict? Stopper = null) : ChargePointCommand
{
    [DataMember(Order = 7)]
    public ImmutableArray<Sample> Samples { get => field.IsDefault ? [] : field; init; } = Samples;

    [DataMember(Order = 8)]
    public ImmutableArray<Oddity> Oddities { get => field.IsDefault ? [] : field; init; } = Oddities;
}

/// <summary>A transaction tells its charge point that it has begun, or where and for whom, when it knows better.</summary>
/// <param name="StartedAt">By the charger's own clock; null when it is not told.</param>
/// <param name="Replayed">The charger told it long after it was.</param>
/// <param name="RemoteStart">The number of the wish that it began by.</param>
/// <param name="Reservation">Which reservation it uses.</param>
/// <param name="Inferred">The charger has told other things of it, and not its beginning.</param>
[Sent("cp-note-tx-began"), DataContract]
public sealed record NoteTransactionBegan(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string LocalId,
    [property: DataMember(Order = 3)] ConnectorId Connector,
    [property: DataMember(Order = 4)] string Token,
    [property: DataMember(Order = 5)] DateTimeOffset At,
    [property: DataMember(Order = 6)] DateTimeOffset? StartedAt = null,
    [property: DataMember(Order = 7)] bool Replayed = false,
    [property: DataMember(Order = 8)] int? RemoteStart = null,
    [property: DataMember(Order = 9)] int? Reservation = null,
    [property: DataMember(Order = 10)] bool Inferred = false) : ChargePointCommand;

/// <summary>A transaction tells its charge point that it is over, again and again until that is confirmed.</summary>
[Sent("cp-note-tx-ended"), DataContract]
public sealed record NoteTransactionEnded(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string LocalId,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointCommand;

/// <summary>The clock: something was due (a deadline, an expiry).</summary>
/// <param name="ReportSilence">
/// How long the parts of a report may stay away, in seconds; null: <see cref="BrokenReports.UsualSilence"/>.
/// </param>
[Sent("cp-wake"), DataContract]
public sealed record WakeChargePoint(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string Reason,
    [property: DataMember(Order = 3)] DateTimeOffset At,
    [property: DataMember(Order = 4)] int? ReportSilence = null) : ChargePointCommand;
