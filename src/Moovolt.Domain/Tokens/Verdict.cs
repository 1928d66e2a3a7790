using System.Runtime.Serialization;

namespace Moovolt.Domain.Tokens;

/// <summary>
/// What we think of a token. The words are those of OCPP 1.6 (AuthorizationStatus), and Unknown, which is ours.
/// </summary>
public enum AuthorizationStatus
{
    Accepted = 0,
    Blocked = 1,
    Expired = 2,
    Invalid = 3,
    ConcurrentTx = 4,

    /// <summary>Nobody ever told us of this token: the charge point's rule for unknown tokens decides.</summary>
    Unknown = 5,
}

/// <summary>What a charge point does with tokens that we do not know, or could not ask about in time.</summary>
public enum UnknownTokens
{
    /// <summary>They are answered Invalid.</summary>
    Refuse = 0,

    /// <summary>They may charge.</summary>
    Accept = 1,
}

/// <summary>May this token charge, and until when.</summary>
/// <param name="Status">The answer.</param>
/// <param name="ExpiresAt">When the charger must ask again.</param>
/// <param name="Parent">The group it belongs to, as written by the operator.</param>
/// <param name="Place">The key of the place that was taken, for a token with a limit; null when there is none.</param>
[DataContract]
public sealed record Verdict(
    [property: DataMember(Order = 1)] AuthorizationStatus Status,
    [property: DataMember(Order = 2)] DateTimeOffset? ExpiresAt = null,
    [property: DataMember(Order = 3)] string? Parent = null,
    [property: DataMember(Order = 4)] string? Place = null)
{
    public static readonly Verdict Accepted = new(AuthorizationStatus.Accepted);

    /// <summary>
    /// The verdict with <see cref="AuthorizationStatus.Unknown"/> settled by the charge point's rule.
    /// </summary>
    public Verdict Settled(UnknownTokens rule) => Status != AuthorizationStatus.Unknown ? this : this with
    {
        Status = rule == UnknownTokens.Accept ? AuthorizationStatus.Accepted : AuthorizationStatus.Invalid,
    };
}
