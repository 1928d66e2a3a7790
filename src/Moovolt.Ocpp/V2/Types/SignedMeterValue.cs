using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, SignedMeterValueType: the meter's own proof of a value, kept byte for byte.</summary>
public sealed record SignedMeterValue(
    [Required, MaxLength(2500), MaxLength(32768, Since = OcppVersion.V21)] string? SignedMeterData = null,
    [Required(Until = OcppVersion.V201), MaxLength(50)] string? SigningMethod = null,
    [Required, MaxLength(50)] string? EncodingMethod = null,
    [Required(Until = OcppVersion.V201), MaxLength(2500)] string? PublicKey = null);
