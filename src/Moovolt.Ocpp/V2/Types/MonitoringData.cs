using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, MonitoringDataType: Monitoring data.</summary>
public sealed record MonitoringData(
    Component Component,
    Variable Variable,
    [MinItems(1)] ImmutableArray<VariableMonitoring> VariableMonitoring);
