namespace Moovolt.ReadModel.Reservations;

/// <summary>A connector that is, or was, kept for a token.</summary>
/// <param name="Evse">0: any one of the charge point's connectors.</param>
/// <param name="Parent">Every token of this group may use it.</param>
/// <param name="Status"><c>active</c>, <c>used</c>, <c>expired</c>, <c>cancelled</c> or <c>faulted</c>.</param>
/// <param name="LocalId">The transaction that used it.</param>
public sealed record ReservationRow(
    int ReservationId,
    int Evse,
    int Connector,
    string Token,
    string? Parent,
    string Status,
    string? LocalId,
    DateTimeOffset MadeAt,
    DateTimeOffset ExpiresAt,
    DateTimeOffset? EndedAt);
