namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ConstantStreamDataType: Constant stream data.</summary>
public sealed record ConstantStreamData(int Id, PeriodicEventStreamParams Params, int VariableMonitoringId);
