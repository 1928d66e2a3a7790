using Microsoft.Net.Http.Headers;
using Moovolt.Api.Http;
using Moovolt.Domain.Tokens;
using Moovolt.ReadModel.Tokens;

namespace Moovolt.Api.Tokens;

/// <summary>Who may charge.</summary>
internal enum TokenStatus
{
    Accepted,
    Blocked,
}

/// <summary>A token as operators see it.</summary>
/// <param name="Id">In upper case: OCPP compares without case.</param>
/// <param name="Status">accepted or blocked.</param>
/// <param name="ExpiresAt">From then on it may not charge.</param>
/// <param name="Parent">The group it belongs to.</param>
/// <param name="MaxConcurrent">How many transactions at once; null for no limit.</param>
internal sealed record TokenResource(
    string Id,
    string Status,
    DateTimeOffset? ExpiresAt,
    string? Parent,
    string? Driver,
    int? MaxConcurrent,
    DateTimeOffset ChangedAt,
    string ChangedBy)
{
    public static TokenResource Of(TokenRow row) => new(
        row.Id, row.Status, row.ExpiresAt, row.Parent, row.Driver, row.MaxConcurrent, row.ChangedAt, row.ChangedBy);

    public static TokenResource Of(TokenDefined token) => new(
        token.Id.Key, token.Blocked ? "blocked" : "accepted", token.ExpiresAt, token.Parent, token.Driver,
        token.MaxConcurrent, token.At, token.RequestedBy);

    // To the microsecond: that is what tables keep of a time.
    public static EntityTagHeaderValue? TagOf(TokenResource? token) => token is null
        ? null
        : Versions.Tag(
            token.Status, token.ExpiresAt?.UtcTicks / TimeSpan.TicksPerMicrosecond, token.Parent, token.Driver,
            token.MaxConcurrent);
}
