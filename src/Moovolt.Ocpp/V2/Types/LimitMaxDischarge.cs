using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, LimitMaxDischargeType: Limit max discharge.</summary>
public sealed record LimitMaxDischarge(
    [AtLeast(0)] int Priority,
    decimal? PctMaxDischargePower = null,
    DerCurve? PowerMonitoringMustTrip = null,
    DateTimeOffset? StartTime = null,
    decimal? Duration = null);
