using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, FreqDroopGetType: Freq droop get.</summary>
public sealed record FreqDroopGet(
    FreqDroop FreqDroop,
    [MaxLength(36)] string Id,
    bool IsDefault,
    bool IsSuperseded);
