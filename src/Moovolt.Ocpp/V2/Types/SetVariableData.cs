using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, SetVariableDataType: Set variable data.</summary>
public sealed record SetVariableData(
    [MaxLength(1000), MaxLength(2500, Since = OcppVersion.V21)] string AttributeValue,
    Component Component,
    Variable Variable,
    [OneOf("Actual", "Target", "MinSet", "MaxSet")] string? AttributeType = null);
