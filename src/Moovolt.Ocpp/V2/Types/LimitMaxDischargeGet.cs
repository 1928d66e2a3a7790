using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, LimitMaxDischargeGetType: Limit max discharge get.</summary>
public sealed record LimitMaxDischargeGet(
    [MaxLength(36)] string Id,
    bool IsDefault,
    bool IsSuperseded,
    LimitMaxDischarge LimitMaxDischarge);
