using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, VariableAttributeType: Variable attribute.</summary>
public sealed record VariableAttribute(
    [OneOf("Actual", "Target", "MinSet", "MaxSet")] string? Type = null,
    [MaxLength(2500)] string? Value = null,
    [OneOf("ReadOnly", "WriteOnly", "ReadWrite")] string? Mutability = null,
    bool? Persistent = null,
    bool? Constant = null);
