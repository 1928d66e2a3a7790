using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, FirmwareType: Firmware.</summary>
public sealed record Firmware(
    [MaxLength(512), MaxLength(2000, Since = OcppVersion.V21)] string Location,
    DateTimeOffset RetrieveDateTime,
    DateTimeOffset? InstallDateTime = null,
    [MaxLength(5500)] string? SigningCertificate = null,
    [MaxLength(800)] string? Signature = null);
