using Moovolt.Domain.Tokens;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16;

/// <summary>OCPP 1.6, 7.25: what we tell a charger of an idTag.</summary>
public sealed record IdTagInfo(
    DateTimeOffset? ExpiryDate,
    [MaxLength(IdTags.MaxLength)] string? ParentIdTag,
    [OneOf("Accepted", "Blocked", "Expired", "Invalid", "ConcurrentTx")] string Status)
{
    public static readonly IdTagInfo Accepted = new(null, null, "Accepted");

    /// <summary>
    /// A settled verdict. A parent that 1.6 has no room for is left out: half of it would be another's.
    /// </summary>
    public static IdTagInfo Of(Verdict verdict) => new(
        verdict.ExpiresAt,
        verdict.Parent is { Length: <= IdTags.MaxLength } parent ? parent : null,
        verdict.Status switch
        {
            AuthorizationStatus.Accepted => "Accepted",
            AuthorizationStatus.Blocked => "Blocked",
            AuthorizationStatus.Expired => "Expired",
            AuthorizationStatus.ConcurrentTx => "ConcurrentTx",
            _ => "Invalid",
        });
}
