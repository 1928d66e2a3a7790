namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TotalPriceType: Total price.</summary>
public sealed record TotalPrice(decimal? ExclTax = null, decimal? InclTax = null);
