using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, PeriodicEventStreamParamsType: Periodic event stream params.</summary>
public sealed record PeriodicEventStreamParams([AtLeast(0)] int? Interval = null, [AtLeast(0)] int? Values = null);
