using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, AdditionalInfoType: what else identifies the same person.</summary>
public sealed record AdditionalInfo(
    [Required, MaxLength(36), MaxLength(255, Since = OcppVersion.V21)] string? AdditionalIdToken = null,
    [Required, MaxLength(50)] string? Type = null);
