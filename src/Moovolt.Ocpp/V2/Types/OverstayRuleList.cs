using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, OverstayRuleListType: Overstay rule list.</summary>
public sealed record OverstayRuleList(
    [MinItems(1), MaxItems(5)] ImmutableArray<OverstayRule> OverstayRule,
    RationalNumber? OverstayPowerThreshold = null,
    int? OverstayTimeThreshold = null);
