using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, AbsolutePriceScheduleType: Absolute price schedule.</summary>
public sealed record AbsolutePriceSchedule(
    DateTimeOffset TimeAnchor,
    [AtLeast(0)] int PriceScheduleID,
    [MaxLength(3)] string Currency,
    [MaxLength(8)] string Language,
    [MaxLength(2000)] string PriceAlgorithm,
    [MinItems(1), MaxItems(1024)] ImmutableArray<PriceRuleStack> PriceRuleStacks,
    [MaxLength(160)] string? PriceScheduleDescription = null,
    RationalNumber? MinimumCost = null,
    RationalNumber? MaximumCost = null,
    [MinItems(1), MaxItems(10)] ImmutableArray<TaxRule>? TaxRules = null,
    OverstayRuleList? OverstayRuleList = null,
    [MinItems(1), MaxItems(5)] ImmutableArray<AdditionalSelectedServices>? AdditionalSelectedServices = null);
