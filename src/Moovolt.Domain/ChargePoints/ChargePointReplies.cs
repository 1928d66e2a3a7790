using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.ChargePoints;

/// <summary>The charger is this session's, under this epoch.</summary>
/// <param name="Registered">What we last answered to a BootNotification; null when it never sent one.</param>
/// <param name="UnknownTokens">The operator's rule for this charger; null while nobody has registered it.</param>
/// <param name="Strict">What the charger says is held to the letter of the specification.</param>
/// <param name="QuirkProfile">The profile that its operator chose; null: whichever fits.</param>
/// <param name="Described">What it said of itself at its last boot; null when it never did.</param>
/// <param name="Policy">What a BootNotification would be answered.</param>
/// <param name="TimeZone">Where it stands, a name of the IANA database; null when its operator never said.</param>
/// <param name="Charges">A transaction of it is open: it is the last to be moved to another node.</param>
/// <param name="OwesBoot">It would be answered otherwise than at its last boot, and has not booted in this session.</param>
[Sent("re-session-open"), DataContract]
public sealed record SessionOpen(
    [property: DataMember(Order = 1)] long Epoch,
    [property: DataMember(Order = 2)] Registration? Registered,
    [property: DataMember(Order = 3)] UnknownTokens? UnknownTokens,
    [property: DataMember(Order = 32)] bool Strict = false,
    [property: DataMember(Order = 33)] string? QuirkProfile = null,
    [property: DataMember(Order = 34)] BootDetails? Described = null,
    [property: DataMember(Order = 35)] Registration Policy = Registration.Accepted,
    [property: DataMember(Order = 70)] string? TimeZone = null,
    [property: DataMember(Order = 85)] bool Charges = false,
    [property: DataMember(Order = 92)] bool OwesBoot = false) : Reply;

/// <summary>A newer session holds the charger, or the charge point is retired: this one must close.</summary>
/// <param name="Reason">One of <see cref="SessionEnd"/>.</param>
[Sent("re-fenced"), DataContract]
public sealed record Fenced([property: DataMember(Order = 1)] string Reason) : Reply;

/// <summary>Whether the charger may go on. The interval and the time are the gateway's to say.</summary>
[Sent("re-boot-answered"), DataContract]
public sealed record BootAnswered([property: DataMember(Order = 1)] Registration Registration) : Reply;

/// <summary>How far a wish has come.</summary>
[Sent("re-request-standing"), DataContract]
public sealed record RequestStanding([property: DataMember(Order = 1)] TrackedRequest Request) : Reply;

/// <summary>Which subprotocol the charger speaks, and what a change or a stop must know that no table may show yet.</summary>
/// <param name="Protocol">What it speaks, or spoke last; null while it has never been here.</param>
/// <param name="Registered">Its operator's last word; null while there is none, and from members of the release before.</param>
/// <param name="Open">The local ids of the transactions that are open on it.</param>
[Sent("re-protocol-standing"), DataContract]
public sealed record ProtocolStanding(
    [property: DataMember(Order = 1)] string? Protocol,
    [property: DataMember(Order = 2)] ChargePointRegistered? Registered,
    ImmutableArray<string> Open) : Reply
{
    [DataMember(Order = 3)] public ImmutableArray<string> Open { get => field.IsDefault ? [] : field; init; } = Open;
}

/// <summary>Who a charge point is, now that an operator has said so.</summary>
[Sent("re-registration-standing"), DataContract]
public sealed record RegistrationStanding([property: DataMember(Order = 1)] ChargePointRegistered Registered) : Reply;

/// <summary>
/// Call the charger. The session sends each request once, and answers with <see cref="AnswerRequest"/>.
/// </summary>
/// <param name="Patience">Seconds to wait for the charger's answer.</param>
[Sent("to-call"), DataContract]
public sealed record CallStation(
    [property: DataMember(Order = 1)] long Epoch,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] StationRequest Request,
    [property: DataMember(Order = 4)] int Patience) : Delivery;

/// <summary>Close the socket: this session is over.</summary>
/// <param name="Reason">One of <see cref="SessionEnd"/>.</param>
[Sent("to-close"), DataContract]
public sealed record CloseSocket(
    [property: DataMember(Order = 1)] long Epoch,
    [property: DataMember(Order = 2)] string Reason) : Delivery;

/// <summary>From now on the charger is to be heard so: its operator has changed that.</summary>
/// <param name="Strict">As in <see cref="SessionOpen"/>.</param>
/// <param name="QuirkProfile">As in <see cref="SessionOpen"/>.</param>
/// <param name="TimeZone">As in <see cref="SessionOpen"/>.</param>
[Sent("to-hear-so"), DataContract]
public sealed record HearSo(
    [property: DataMember(Order = 1)] long Epoch,
    [property: DataMember(Order = 2)] bool Strict,
    [property: DataMember(Order = 3)] string? QuirkProfile,
    [property: DataMember(Order = 70)] string? TimeZone = null) : Delivery;
