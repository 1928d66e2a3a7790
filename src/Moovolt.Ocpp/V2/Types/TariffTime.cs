using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TariffTimeType: Tariff time.</summary>
public sealed record TariffTime(
    [MinItems(1)] ImmutableArray<TariffTimePrice> Prices,
    [MinItems(1), MaxItems(5)] ImmutableArray<TaxRate>? TaxRates = null);
