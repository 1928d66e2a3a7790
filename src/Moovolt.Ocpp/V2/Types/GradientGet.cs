using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, GradientGetType: Gradient get.</summary>
public sealed record GradientGet(GradientType Gradient, [MaxLength(36)] string Id);
