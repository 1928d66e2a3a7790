using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, StatusInfoType: why an answer is what it is, in the charger's words.</summary>
public sealed record StatusInfo(
    [AsItComes, MaxLength(20)] string ReasonCode,
    [AsItComes, MaxLength(512), MaxLength(1024, Since = OcppVersion.V21)] string? AdditionalInfo = null);
