using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.ReadModel.Commands;

/// <summary>A wish to a charger and what came of it.</summary>
/// <param name="Action">OCPP's action for a raw call, else the operator's verb.</param>
/// <param name="Request">JSON: the payload of a raw call as it was given, else the members of the wish.</param>
/// <param name="Response">The charger's payload as it came: JSON; null when there was none.</param>
/// <param name="ErrorCode">The CALLERROR's code, or ours.</param>
/// <param name="Late">The charger answered after we had given up.</param>
/// <param name="Version">The sequence number in the charge point's journal that this reflects.</param>
public sealed record CommandRow(
    string Id,
    string ChargePoint,
    string Action,
    RequestState State,
    string Request,
    string? Response,
    string? ErrorCode,
    string? ErrorDescription,
    bool Late,
    string RequestedBy,
    int PatienceSeconds,
    DateTimeOffset CreatedAt,
    DateTimeOffset? QueueUntil,
    DateTimeOffset? SentAt,
    DateTimeOffset? FinishedAt,
    long Version);

/// <summary>Which commands to list.</summary>
public sealed record CommandFilter(ChargePointId? ChargePoint = null, RequestState? State = null);
