namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TariffFixedPriceType: Tariff fixed price.</summary>
public sealed record TariffFixedPrice(decimal PriceFixed, TariffConditionsFixed? Conditions = null);
