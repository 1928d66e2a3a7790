namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, GradientType: Gradient.</summary>
public sealed record GradientType(int Priority, decimal Gradient, decimal SoftGradient);
