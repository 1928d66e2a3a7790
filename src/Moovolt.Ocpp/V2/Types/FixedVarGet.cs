using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, FixedVarGetType: Fixed var get.</summary>
public sealed record FixedVarGet(
    FixedVar FixedVar,
    [MaxLength(36)] string Id,
    bool IsDefault,
    bool IsSuperseded);
