using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, TaxRateType: Tax rate.</summary>
public sealed record TaxRate([MaxLength(20)] string Type, decimal Tax, [AtLeast(0)] int? Stack = null);
