using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TariffFixedType: Tariff fixed.</summary>
public sealed record TariffFixed(
    [MinItems(1)] ImmutableArray<TariffFixedPrice> Prices,
    [MinItems(1), MaxItems(5)] ImmutableArray<TaxRate>? TaxRates = null);
