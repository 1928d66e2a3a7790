using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, GetVariableDataType: Get variable data.</summary>
public sealed record GetVariableData(
    Component Component,
    Variable Variable,
    [OneOf("Actual", "Target", "MinSet", "MaxSet")] string? AttributeType = null);
