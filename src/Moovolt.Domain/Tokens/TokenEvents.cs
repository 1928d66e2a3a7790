using System.Runtime.Serialization;

namespace Moovolt.Domain.Tokens;

/// <summary>
/// What has happened to a token. Stored for ever: add events or optional members, never rename or renumber.
/// </summary>
public abstract record TokenEvent
{
    public abstract TokenId Id { get; init; }
    public abstract DateTimeOffset At { get; init; }
}

[Journaled("token-defined"), DataContract]
public sealed record TokenDefined(
    [property: DataMember(Order = 1)] TokenId Id,
    [property: DataMember(Order = 2)] bool Blocked,
    [property: DataMember(Order = 3)] DateTimeOffset? ExpiresAt,
    [property: DataMember(Order = 4)] string? Parent,
    [property: DataMember(Order = 5)] string? Driver,
    [property: DataMember(Order = 6)] int? MaxConcurrent,
    [property: DataMember(Order = 7)] string RequestedBy,
    [property: DataMember(Order = 8)] DateTimeOffset At) : TokenEvent;

[Journaled("token-removed"), DataContract]
public sealed record TokenRemoved(
    [property: DataMember(Order = 1)] TokenId Id,
    [property: DataMember(Order = 2)] string RequestedBy,
    [property: DataMember(Order = 3)] DateTimeOffset At) : TokenEvent;

[Journaled("token-place-taken"), DataContract]
public sealed record PlaceTaken(
    [property: DataMember(Order = 1)] TokenId Id,
    [property: DataMember(Order = 2)] string Place,
    [property: DataMember(Order = 3)] DateTimeOffset At,
    [property: DataMember(Order = 4)] Outlet? Outlet = null) : TokenEvent;

[Journaled("token-place-held"), DataContract]
public sealed record PlaceHeld(
    [property: DataMember(Order = 1)] TokenId Id,
    [property: DataMember(Order = 2)] string Place,
    [property: DataMember(Order = 3)] TransactionId Transaction,
    [property: DataMember(Order = 4)] DateTimeOffset At) : TokenEvent;

[Journaled("token-place-freed"), DataContract]
public sealed record PlaceFreed(
    [property: DataMember(Order = 1)] TokenId Id,
    [property: DataMember(Order = 2)] string Place,
    [property: DataMember(Order = 3)] DateTimeOffset At) : TokenEvent;
