using System.Collections.Immutable;

namespace Moovolt.ReadModel.ChargePoints;

/// <summary>A charge point as people look at it.</summary>
/// <param name="Registration">What a BootNotification is answered: accepted, pending or rejected.</param>
/// <param name="DisplayName">Null until an operator gives it one.</param>
/// <param name="SecurityProfile">Null while no operator has registered it.</param>
/// <param name="OpenTransactions">Whole ids, the oldest first.</param>
/// <param name="Version">The sequence number in the journal that this reflects.</param>
/// <param name="ClockSkewSeconds">How far its clock is ahead of ours, as far as its messages show; null while they do not.</param>
/// <param name="Strict">What it says is held to the letter of the specification.</param>
/// <param name="QuirkProfile">The profile that its operator chose; null: whichever fits.</param>
/// <param name="LowestProfile">The highest security profile that it has connected at, 2 or 3; 0 while it has at neither.</param>
/// <param name="CertificateName">Whom its certificate must name (CN); null when its operator never said.</param>
/// <param name="TimeZone">Where it stands, a name of the IANA database; null when its operator never said.</param>
/// <param name="AcceptExpired">It is let in with a certificate that has expired, to get another one.</param>
public sealed record ChargePointRow(
    string Id,
    string? DisplayName,
    bool Registered,
    int? SecurityProfile,
    string Registration,
    string UnknownTokens,
    bool Retired,
    ConnectionRow Connection,
    string? Vendor,
    string? Model,
    string? SerialNumber,
    string? FirmwareVersion,
    DateTimeOffset? BootedAt,
    DateTimeOffset? LastSeenAt,
    ImmutableArray<ConnectorRow> Connectors,
    ImmutableArray<string> OpenTransactions,
    long Version,
    int? ClockSkewSeconds = null,
    bool Strict = false,
    string? QuirkProfile = null,
    int LowestProfile = 0,
    string? CertificateName = null,
    string? TimeZone = null,
    bool AcceptExpired = false);

/// <summary>A charge point's connection, or its last one.</summary>
/// <param name="Since">Since when it is online, or offline; null when it was never here.</param>
/// <param name="Node">The member that holds the socket; null while there is none.</param>
/// <param name="Incarnation">Which run of the program at that address.</param>
/// <param name="CloseReason">Why it went away; null while it is online.</param>
/// <param name="SecurityProfile">How it came, 0 to 3; null when it was never here, or long ago.</param>
/// <param name="CertificateExpiredAt">Since when the certificate that it came with is over; null for all others.</param>
public sealed record ConnectionRow(
    bool Online,
    string? Protocol,
    DateTimeOffset? Since,
    long Epoch,
    string? Node,
    long? Incarnation,
    string? RemoteAddress,
    string? CloseReason,
    int? SecurityProfile = null,
    DateTimeOffset? CertificateExpiredAt = null);

/// <summary>A connector as the charger last described it, in OCPP's words; (0, 0) is the charge point itself.</summary>
/// <param name="At">When we learnt of it.</param>
/// <param name="ChargerAt">The charger's own time, when it gave one.</param>
/// <param name="WishedOperative">Whether an operator last wanted it in service; null when none ever said.</param>
/// <param name="Scheduled">The charger said that it will do so, once the transactions are over, and has not yet.</param>
public sealed record ConnectorRow(
    int Evse,
    int Connector,
    string Status,
    string ErrorCode,
    string? Description,
    string? VendorId,
    string? VendorErrorCode,
    DateTimeOffset At,
    DateTimeOffset? ChargerAt,
    bool? WishedOperative,
    bool Scheduled);

/// <summary>Which charge points to list.</summary>
/// <param name="Status">
/// <c>online</c>, <c>offline</c>, <c>retired</c>, or a connector's status in OCPP's words, such as <c>Faulted</c>. Retired ones
/// are listed only when asked for.
/// </param>
/// <param name="Search">A part of the id, the name, vendor, model or serial number, in any case.</param>
public sealed record ChargePointFilter(string? Status = null, string? Search = null);
