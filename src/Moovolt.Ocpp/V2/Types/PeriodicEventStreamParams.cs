namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, PeriodicEventStreamParamsType: Periodic event stream params.</summary>
public sealed record PeriodicEventStreamParams(int? Interval = null, int? Values = null);
