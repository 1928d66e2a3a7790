namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TariffTimePriceType: Tariff time price.</summary>
public sealed record TariffTimePrice(decimal PriceMinute, TariffConditions? Conditions = null);
