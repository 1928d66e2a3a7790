using System.Runtime.Serialization;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.ChargePoints;

/// <summary>Whether a charger may work with us. The words are OCPP's (RegistrationStatus).</summary>
public enum Registration
{
    Accepted = 0,
    Pending = 1,
    Rejected = 2,
}

/// <summary>What an operator can say of a charge point, besides what is at its door.</summary>
[Flags]
public enum RegistrationMembers
{
    None = 0,
    DisplayName = 1,
    Registration = 2,
    UnknownTokens = 4,
    Strict = 8,
    QuirkProfile = 16,
    TimeZone = 32,
    AcceptExpired = 64,
}

/// <summary>
/// An operator says who a charge point is. Answered with <see cref="RegistrationStanding"/>, or refused; without
/// <paramref name="Said"/> with a mere yes. The secret itself never comes here: the credential's row is the key, and
/// its version tells a live session whether it was made with that one.
/// </summary>
/// <param name="SecurityProfile">0 to 3.</param>
/// <param name="CredentialVersion">Grows with each changed secret; 0 while there is none.</param>
/// <param name="Strict">What it says is held to the letter of the specification, transaction messages too.</param>
/// <param name="QuirkProfile">The name of the profile that it is heard with; null: whichever fits what it says at boot.</param>
/// <param name="LowestProfile">Lowers what it must come at least with; null: that stays.</param>
/// <param name="CertificateName">Whom its certificate must name (CN); null: its identity, or its serial number.</param>
/// <param name="TimeZone">Where it stands, a name of the IANA database; null when its operator never said.</param>
/// <param name="Said">
/// Which members count, but for those of the door; the others stay as the charge point has them, whatever stands here
/// (members of the release before read what stands here). Null, from those: all of them.
/// </param>
/// <param name="SeenAt">When the registration was made that the operator has seen; null: whichever there is.</param>
/// <param name="AcceptExpired">It is let in with a certificate that has expired, to get another one and for nothing else.</param>
[Sent("cp-register"), DataContract]
public sealed record RegisterChargePoint(
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
    [property: DataMember(Order = 34)] int? LowestProfile = null,
    [property: DataMember(Order = 35)] string? CertificateName = null,
    [property: DataMember(Order = 70)] string? TimeZone = null,
    [property: DataMember(Order = 90)] RegistrationMembers? Said = null,
    [property: DataMember(Order = 91)] DateTimeOffset? SeenAt = null,
    [property: DataMember(Order = 92)] bool AcceptExpired = false) : ChargePointCommand, IOperatorCommand
{
    /// <summary>Whether this member is to be as it stands here.</summary>
    public bool Says(RegistrationMembers member) => Said is not { } said || said.HasFlag(member);
}

/// <summary>An operator takes a charge point out of service for good: its session is closed, its history stays.</summary>
[Sent("cp-retire"), DataContract]
public sealed record RetireChargePoint(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestedBy,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointCommand, IOperatorCommand;

/// <summary>An operator wishes something of a charger. Answered with <see cref="RequestStanding"/>, or refused.</summary>
/// <param name="RequestId">Made by whoever asks, unique for ever: the same id is the same wish.</param>
/// <param name="Patience">How long the charger may take to answer, in seconds from when it is sent.</param>
/// <param name="QueueUntil">Until when it may wait for an offline charger; null when it may not.</param>
[Sent("cp-request-station"), DataContract]
public sealed record RequestStation(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] StationRequest Request,
    [property: DataMember(Order = 4)] string RequestedBy,
    [property: DataMember(Order = 5)] int Patience,
    [property: DataMember(Order = 6)] DateTimeOffset? QueueUntil,
    [property: DataMember(Order = 7)] DateTimeOffset At) : ChargePointCommand, IOperatorCommand;

/// <summary>How far is that wish? Changes nothing. Answered with <see cref="RequestStanding"/>.</summary>
[Sent("cp-find-request"), DataContract]
public sealed record FindRequest(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestId) : ChargePointCommand, IOperatorCommand;

/// <summary>
/// Which subprotocol does the charger speak, who is it in its operator's words, and what is open on it? Changes nothing.
/// Answered with <see cref="ProtocolStanding"/>, or refused when there is no such charge point.
/// </summary>
[Sent("cp-find-protocol"), DataContract]
public sealed record FindProtocol([property: DataMember(Order = 1)] ChargePointId Id) : ChargePointCommand, IOperatorCommand;

/// <summary>An operator takes a queued wish back. Refused once it has been sent.</summary>
[Sent("cp-cancel-request"), DataContract]
public sealed record CancelRequest(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string RequestId,
    [property: DataMember(Order = 3)] string RequestedBy,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointCommand, IOperatorCommand;

/// <summary>The session says what came of a call that it was given.</summary>
[Sent("cp-answer-request"), DataContract]
public sealed record AnswerRequest(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] string RequestId,
    [property: DataMember(Order = 4)] StationAnswer Answer,
    [property: DataMember(Order = 5)] DateTimeOffset At) : ChargePointCommand;
