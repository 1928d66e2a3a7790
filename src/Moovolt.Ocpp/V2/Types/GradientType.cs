using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, GradientType: Gradient.</summary>
public sealed record GradientType([AtLeast(0)] int Priority, decimal Gradient, decimal SoftGradient);
