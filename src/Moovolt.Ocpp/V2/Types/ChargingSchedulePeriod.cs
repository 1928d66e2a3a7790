using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, ChargingSchedulePeriodType: a limit from one moment on.</summary>
public sealed record ChargingSchedulePeriod(
    int StartPeriod,
    [Required(Until = OcppVersion.V201)] decimal? Limit = null,
    [Since(OcppVersion.V21)] decimal? Limit_L2 = null,
    [Since(OcppVersion.V21)] decimal? Limit_L3 = null,
    [AtLeast(0, Since = OcppVersion.V21), AtMost(3, Since = OcppVersion.V21)] int? NumberPhases = null,
    [AtLeast(0, Since = OcppVersion.V21), AtMost(3, Since = OcppVersion.V21)] int? PhaseToUse = null,
    [Since(OcppVersion.V21), AtMost(0)] decimal? DischargeLimit = null,
    [Since(OcppVersion.V21), AtMost(0)] decimal? DischargeLimit_L2 = null,
    [Since(OcppVersion.V21), AtMost(0)] decimal? DischargeLimit_L3 = null,
    [Since(OcppVersion.V21)] decimal? Setpoint = null,
    [Since(OcppVersion.V21)] decimal? Setpoint_L2 = null,
    [Since(OcppVersion.V21)] decimal? Setpoint_L3 = null,
    [Since(OcppVersion.V21)] decimal? SetpointReactive = null,
    [Since(OcppVersion.V21)] decimal? SetpointReactive_L2 = null,
    [Since(OcppVersion.V21)] decimal? SetpointReactive_L3 = null,
    [Since(OcppVersion.V21)] bool? PreconditioningRequest = null,
    [Since(OcppVersion.V21)] bool? EvseSleep = null,
    [Since(OcppVersion.V21)] decimal? V2xBaseline = null,
    [Since(OcppVersion.V21)]
    [OneOf(
        "Idle", "ChargingOnly", "CentralSetpoint", "ExternalSetpoint", "ExternalLimits", "CentralFrequency",
        "LocalFrequency", "LocalLoadBalancing")]
    string? OperationMode = null,
    [Since(OcppVersion.V21), MinItems(1), MaxItems(20)] ImmutableArray<V2xFreqWattPoint>? V2xFreqWattCurve = null,
    [Since(OcppVersion.V21), MinItems(1), MaxItems(20)] ImmutableArray<V2xSignalWattPoint>? V2xSignalWattCurve = null);
