using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, PriceType: Price.</summary>
public sealed record Price(
    decimal? ExclTax = null,
    decimal? InclTax = null,
    [MinItems(1), MaxItems(5)] ImmutableArray<TaxRate>? TaxRates = null);
