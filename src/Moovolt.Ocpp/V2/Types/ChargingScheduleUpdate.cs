using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ChargingScheduleUpdateType: Charging schedule update.</summary>
public sealed record ChargingScheduleUpdate(
    decimal? Limit = null,
    decimal? Limit_L2 = null,
    decimal? Limit_L3 = null,
    [AtMost(0)] decimal? DischargeLimit = null,
    [AtMost(0)] decimal? DischargeLimit_L2 = null,
    [AtMost(0)] decimal? DischargeLimit_L3 = null,
    decimal? Setpoint = null,
    decimal? Setpoint_L2 = null,
    decimal? Setpoint_L3 = null,
    decimal? SetpointReactive = null,
    decimal? SetpointReactive_L2 = null,
    decimal? SetpointReactive_L3 = null);
