using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, OverstayRuleType: Overstay rule.</summary>
public sealed record OverstayRule(
    RationalNumber OverstayFee,
    int StartTime,
    int OverstayFeePeriod,
    [MaxLength(32)] string? OverstayRuleDescription = null);
