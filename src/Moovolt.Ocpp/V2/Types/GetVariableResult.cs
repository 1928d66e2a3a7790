using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, GetVariableResultType: Get variable result.</summary>
public sealed record GetVariableResult(
    [OneOf("Accepted", "Rejected", "UnknownComponent", "UnknownVariable", "NotSupportedAttributeType")]
    string AttributeStatus,
    Component Component,
    Variable Variable,
    StatusInfo? AttributeStatusInfo = null,
    [OneOf("Actual", "Target", "MinSet", "MaxSet")] string? AttributeType = null,
    [MaxLength(2500)] string? AttributeValue = null);
