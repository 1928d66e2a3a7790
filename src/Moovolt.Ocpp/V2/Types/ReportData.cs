using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ReportDataType: Report data.</summary>
public sealed record ReportData(
    Component Component,
    Variable Variable,
    [MinItems(1), MaxItems(4)] ImmutableArray<VariableAttribute> VariableAttribute,
    VariableCharacteristics? VariableCharacteristics = null);
