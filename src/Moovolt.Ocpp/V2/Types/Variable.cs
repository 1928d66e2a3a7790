using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, VariableType: what can be read or set at a component.</summary>
public sealed record Variable([MaxLength(50)] string Name, [MaxLength(50)] string? Instance = null);
