namespace Moovolt.ReadModel.Tokens;

/// <summary>Who may charge, as an operator defined it.</summary>
/// <param name="Id">In upper case: OCPP compares idTags without case.</param>
/// <param name="Status"><c>accepted</c> or <c>blocked</c>.</param>
/// <param name="MaxConcurrent">How many transactions at once; null for no limit.</param>
/// <param name="Version">The sequence number in the journal that this reflects.</param>
public sealed record TokenRow(
    string Id,
    string Status,
    DateTimeOffset? ExpiresAt,
    string? Parent,
    string? Driver,
    int? MaxConcurrent,
    DateTimeOffset ChangedAt,
    string ChangedBy,
    long Version);

/// <summary>Which tokens to list.</summary>
/// <param name="Search">A part of the id, the parent or the driver, in any case.</param>
public sealed record TokenFilter(string? Status = null, string? Search = null);
