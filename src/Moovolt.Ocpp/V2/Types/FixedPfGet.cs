using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, FixedPFGetType: Fixed pFGet.</summary>
public sealed record FixedPfGet(
    FixedPf FixedPF,
    [MaxLength(36)] string Id,
    bool IsDefault,
    bool IsSuperseded);
