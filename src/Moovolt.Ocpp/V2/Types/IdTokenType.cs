using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, IdTokenType: who wants to charge, and how that is known.</summary>
public sealed record IdTokenType(
    [MinItems(1)] ImmutableArray<AdditionalInfo>? AdditionalInfo = null,
    [Required, MaxLength(36), MaxLength(255, Since = OcppVersion.V21)] string? IdToken = null,
    [Required]
    [OneOf(
        "Central", "eMAID", "ISO14443", "ISO15693", "KeyCode", "Local", "MacAddress", "NoAuthorization",
        Until = OcppVersion.V201)]
    [MaxLength(20, Since = OcppVersion.V21)]
    string? Type = null);
