using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, APNType: APN.</summary>
public sealed record ApnType(
    [MaxLength(512), MaxLength(2000, Since = OcppVersion.V21)] string Apn,
    [OneOf("CHAP", "NONE", "PAP", "AUTO")] string ApnAuthentication,
    [MaxLength(20), MaxLength(50, Since = OcppVersion.V21)] string? ApnUserName = null,
    [MaxLength(20), MaxLength(64, Since = OcppVersion.V21)] string? ApnPassword = null,
    int? SimPin = null,
    [MaxLength(6)] string? PreferredNetwork = null,
    bool? UseOnlyPreferredNetwork = null);
