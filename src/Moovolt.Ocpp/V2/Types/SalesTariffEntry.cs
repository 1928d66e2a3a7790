using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, SalesTariffEntryType: Sales tariff entry.</summary>
public sealed record SalesTariffEntry(
    RelativeTimeInterval RelativeTimeInterval,
    [AtLeast(0)] int? EPriceLevel = null,
    [MinItems(1), MaxItems(3)] ImmutableArray<ConsumptionCost>? ConsumptionCost = null);
