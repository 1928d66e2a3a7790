using System.Runtime.Serialization;

namespace Moovolt.Domain.Tokens;

public abstract record TokenCommand : Command
{
    public abstract TokenId Id { get; init; }
    public override string EntityId => Id.Key;
}

/// <summary>May this token charge? Changes nothing. Answered with <see cref="Judged"/>.</summary>
[Sent("token-authorize"), DataContract]
public sealed record Authorize(
    [property: DataMember(Order = 1)] TokenId Id,
    [property: DataMember(Order = 2)] DateTimeOffset At) : TokenCommand;

/// <summary>May this token begin the transaction known by this key? Takes a place when the token has a limit.</summary>
/// <param name="Place">The business key of the start, so that a repeat takes no second place.</param>
/// <param name="Outlet">Where it begins, when the charger says: what the token still has there is over by that.</param>
[Sent("token-admit"), DataContract]
public sealed record Admit(
    [property: DataMember(Order = 1)] TokenId Id,
    [property: DataMember(Order = 2)] string Place,
    [property: DataMember(Order = 3)] DateTimeOffset At,
    [property: DataMember(Order = 4)] Outlet? Outlet = null) : TokenCommand;

/// <summary>A connector of a charge point: it serves one transaction at a time.</summary>
[DataContract]
public sealed record Outlet(
    [property: DataMember(Order = 1)] ChargePointId ChargePoint,
    [property: DataMember(Order = 2)] ConnectorId Connector);

/// <summary>The transaction behind a place has begun: from now on only its end frees the place.</summary>
[Sent("token-hold-place"), DataContract]
public sealed record HoldPlace(
    [property: DataMember(Order = 1)] TokenId Id,
    [property: DataMember(Order = 2)] string Place,
    [property: DataMember(Order = 3)] TransactionId Transaction,
    [property: DataMember(Order = 4)] DateTimeOffset At) : TokenCommand;

/// <summary>The transaction behind a place is over.</summary>
[Sent("token-release-place"), DataContract]
public sealed record ReleasePlace(
    [property: DataMember(Order = 1)] TokenId Id,
    [property: DataMember(Order = 2)] string Place,
    [property: DataMember(Order = 3)] TransactionId Transaction,
    [property: DataMember(Order = 4)] DateTimeOffset At) : TokenCommand;

/// <summary>What an operator can say of a token.</summary>
[Flags]
public enum TokenMembers
{
    None = 0,
    Status = 1,
    ExpiresAt = 2,
    Parent = 4,
    Driver = 8,
    MaxConcurrent = 16,
}

/// <summary>
/// An operator says who a token is. Answered with <see cref="TokenStanding"/>, or refused; without
/// <paramref name="Said"/> with a mere yes.
/// </summary>
/// <param name="MaxConcurrent">How many transactions at once; null for no limit.</param>
/// <param name="Said">
/// Which members count; the others stay as the token has them, whatever stands here (members of the release before
/// read what stands here). Null, from those: all of them.
/// </param>
/// <param name="SeenAt">
/// When the definition was made that the operator has seen, to the microsecond: another one is not changed. Null:
/// whichever there is.
/// </param>
[Sent("token-define"), DataContract]
public sealed record DefineToken(
    [property: DataMember(Order = 1)] TokenId Id,
    [property: DataMember(Order = 2)] bool Blocked,
    [property: DataMember(Order = 3)] DateTimeOffset? ExpiresAt,
    [property: DataMember(Order = 4)] string? Parent,
    [property: DataMember(Order = 5)] string? Driver,
    [property: DataMember(Order = 6)] int? MaxConcurrent,
    [property: DataMember(Order = 7)] string RequestedBy,
    [property: DataMember(Order = 8)] DateTimeOffset At,
    [property: DataMember(Order = 9)] TokenMembers? Said = null,
    [property: DataMember(Order = 10)] DateTimeOffset? SeenAt = null) : TokenCommand, IOperatorCommand
{
    /// <summary>Whether this member is to be as it stands here.</summary>
    public bool Says(TokenMembers member) => Said is not { } said || said.HasFlag(member);
}

/// <summary>An operator takes a token away. It is unknown from then on; its history stays.</summary>
/// <param name="SeenAt">As in <see cref="DefineToken"/>.</param>
[Sent("token-remove"), DataContract]
public sealed record RemoveToken(
    [property: DataMember(Order = 1)] TokenId Id,
    [property: DataMember(Order = 2)] string RequestedBy,
    [property: DataMember(Order = 3)] DateTimeOffset At,
    [property: DataMember(Order = 4)] DateTimeOffset? SeenAt = null) : TokenCommand, IOperatorCommand;

/// <summary>What a token is, now that an operator has said so.</summary>
/// <param name="IsNew">True when nobody knew it before.</param>
[Sent("re-token-standing"), DataContract]
public sealed record TokenStanding(
    [property: DataMember(Order = 1)] TokenDefined Definition,
    [property: DataMember(Order = 2)] bool IsNew) : Reply;

/// <summary>What a token's entity answers to <see cref="Authorize"/> and <see cref="Admit"/>.</summary>
[Sent("re-judged"), DataContract]
public sealed record Judged([property: DataMember(Order = 1)] Verdict Verdict) : Reply;
