using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, IdTokenInfoType: what we tell a charger of an idToken.</summary>
public sealed record IdTokenInfo(
    [OneOf(
        "Accepted", "Blocked", "ConcurrentTx", "Expired", "Invalid", "NoCredit", "NotAllowedTypeEVSE",
        "NotAtThisLocation", "NotAtThisTime", "Unknown")]
    string Status,
    DateTimeOffset? CacheExpiryDateTime = null,
    int? ChargingPriority = null,
    IdTokenType? GroupIdToken = null,
    [MaxLength(8)] string? Language1 = null,
    [MaxLength(8)] string? Language2 = null,
    [MinItems(1), AtLeast(0, Since = OcppVersion.V21)] ImmutableArray<int>? EvseId = null,
    MessageContent? PersonalMessage = null);
