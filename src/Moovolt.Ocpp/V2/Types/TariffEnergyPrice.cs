namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TariffEnergyPriceType: Tariff energy price.</summary>
public sealed record TariffEnergyPrice(decimal PriceKwh, TariffConditions? Conditions = null);
