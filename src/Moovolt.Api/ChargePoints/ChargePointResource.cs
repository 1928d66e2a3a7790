using System.Collections.Immutable;
using Microsoft.Net.Http.Headers;
using Moovolt.Api.Http;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.ChargePoints;

namespace Moovolt.Api.ChargePoints;

/// <summary>A charge point as operators see it. Its password is nowhere here.</summary>
/// <param name="Registered">False for one that came without being registered.</param>
/// <param name="SecurityProfile">What it was registered at; null while no operator has.</param>
/// <param name="LowestSecurityProfile">2 or 3: it has connected so, and is not let in at a lower one; else null.</param>
/// <param name="CertificateName">Whom its certificate must name (CN) at profile 3; null: its identity, or its serial number.</param>
/// <param name="AcceptExpired">It is let in at profile 3 with a certificate that has expired, to get another one.</param>
/// <param name="Registration">What its BootNotification is answered: accepted, pending or rejected.</param>
/// <param name="UnknownTokens">What it does with tokens that nobody defined: accept or refuse.</param>
/// <param name="Retired">Taken out of service: no session is admitted.</param>
/// <param name="Strict">What it says is held to the letter of the specification.</param>
/// <param name="QuirkProfile">The profile that its operator chose; null: whichever fits what it said at boot.</param>
/// <param name="TimeZone">Where it stands, a name of the IANA database; null when its operator never said.</param>
/// <param name="OpenTransactions">Whole ids, the oldest first.</param>
/// <param name="ClockSkewSeconds">How far its clock is ahead of ours; negative when it is behind, null while nobody knows.</param>
internal sealed record ChargePointResource(
    string Id,
    string? DisplayName,
    bool Registered,
    int? SecurityProfile,
    int? LowestSecurityProfile,
    string? CertificateName,
    bool AcceptExpired,
    string Registration,
    string UnknownTokens,
    bool Retired,
    bool Strict,
    string? QuirkProfile,
    string? TimeZone,
    ChargePointResource.Link Connection,
    string? Vendor,
    string? Model,
    string? SerialNumber,
    string? FirmwareVersion,
    DateTimeOffset? BootedAt,
    DateTimeOffset? LastSeenAt,
    ImmutableArray<ChargePointResource.Plug> Connectors,
    ImmutableArray<string> OpenTransactions,
    int? ClockSkewSeconds)
{
    /// <param name="Since">Since when it is online, or offline; null when it was never here.</param>
    /// <param name="Node">The member of the cluster that holds the socket.</param>
    /// <param name="CloseReason">Why it went away; null while it is online.</param>
    /// <param name="SecurityProfile">How it came, 0 to 3; null when it was never here.</param>
    /// <param name="CertificateExpiredAt">
    /// Since when the certificate that it came with is over: it was let in to get another one. Null for all others.
    /// </param>
    internal sealed record Link(
        bool Online,
        string? Protocol,
        DateTimeOffset? Since,
        string? Node,
        string? RemoteAddress,
        string? CloseReason,
        int? SecurityProfile,
        DateTimeOffset? CertificateExpiredAt);

    /// <summary>A connector, in OCPP's words; evse 0 is the charge point itself.</summary>
    /// <param name="WishedAvailability">
    /// operative or inoperative, as an operator last asked and the charger agreed; null when nobody did.
    /// </param>
    /// <param name="Scheduled">True while the charger is still to do so, because a transaction runs.</param>
    internal sealed record Plug(
        int Evse,
        int Connector,
        string Status,
        string ErrorCode,
        string? Description,
        string? VendorErrorCode,
        DateTimeOffset At,
        string? WishedAvailability,
        bool Scheduled);

    public static ChargePointResource Of(ChargePointRow row) => new(
        row.Id,
        row.DisplayName,
        row.Registered,
        row.SecurityProfile,
        row.LowestProfile >= SecurityProfiles.Lowest ? row.LowestProfile : null,
        row.CertificateName,
        row.AcceptExpired,
        row.Registration,
        row.UnknownTokens,
        row.Retired,
        row.Strict,
        row.QuirkProfile,
        row.TimeZone,
        new Link(
            row.Connection.Online, row.Connection.Protocol, row.Connection.Since, row.Connection.Node,
            row.Connection.RemoteAddress, row.Connection.CloseReason,
            row.Connection.SecurityProfile,
            row.Connection.CertificateExpiredAt),
        row.Vendor,
        row.Model,
        row.SerialNumber,
        row.FirmwareVersion,
        row.BootedAt,
        row.LastSeenAt,
        [.. row.Connectors.Select(plug => new Plug(
            plug.Evse, plug.Connector, plug.Status, plug.ErrorCode, plug.Description, plug.VendorErrorCode, plug.At,
            plug.WishedOperative is { } wished ? wished ? "operative" : "inoperative" : null, plug.Scheduled))],
        row.OpenTransactions,
        row.ClockSkewSeconds);

    /// <summary>What an operator wrote, as a version; null while nobody has.</summary>
    public static EntityTagHeaderValue? TagOf(ChargePointRow? row) => row is null
        ? null
        : Versions.Tag(
            row.DisplayName, row.SecurityProfile, row.Registration, row.UnknownTokens, row.Registered, row.Retired,
            row.Strict, row.QuirkProfile, row.CertificateName, row.TimeZone, row.AcceptExpired);
}
