using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, UnitOfMeasureType: the unit, and the power of ten that the value is in.</summary>
public sealed record UnitOfMeasure([AsItComes, MaxLength(20)] string? Unit = null, int? Multiplier = null);
