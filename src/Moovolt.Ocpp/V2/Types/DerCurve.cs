using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, DERCurveType: DERCurve.</summary>
public sealed record DerCurve(
    [MinItems(1), MaxItems(10)] ImmutableArray<DerCurvePoints> CurveData,
    [AtLeast(0)] int Priority,
    [OneOf("Not_Applicable", "PctMaxW", "PctMaxVar", "PctWAvail", "PctVarAvail", "PctEffectiveV")] string YUnit,
    Hysteresis? Hysteresis = null,
    ReactivePowerParams? ReactivePowerParams = null,
    VoltageParams? VoltageParams = null,
    decimal? ResponseTime = null,
    DateTimeOffset? StartTime = null,
    decimal? Duration = null);
