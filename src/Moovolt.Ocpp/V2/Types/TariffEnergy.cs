using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TariffEnergyType: Tariff energy.</summary>
public sealed record TariffEnergy(
    [MinItems(1)] ImmutableArray<TariffEnergyPrice> Prices,
    [MinItems(1), MaxItems(5)] ImmutableArray<TaxRate>? TaxRates = null);
