using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ConstantStreamDataType: Constant stream data.</summary>
public sealed record ConstantStreamData(
    [AtLeast(0)] int Id, PeriodicEventStreamParams Params, [AtLeast(0)] int VariableMonitoringId);
