using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, SetVariableResultType: Set variable result.</summary>
public sealed record SetVariableResult(
    [OneOf(
        "Accepted", "Rejected", "UnknownComponent", "UnknownVariable", "NotSupportedAttributeType", "RebootRequired")]
    string AttributeStatus,
    Component Component,
    Variable Variable,
    [OneOf("Actual", "Target", "MinSet", "MaxSet")] string? AttributeType = null,
    StatusInfo? AttributeStatusInfo = null);
