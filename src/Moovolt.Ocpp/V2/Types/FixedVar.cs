using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Types;

/// <summary>OCPP 2.x, FixedVarType: Fixed var.</summary>
public sealed record FixedVar(
    [AtLeast(0)] int Priority,
    decimal Setpoint,
    [OneOf("Not_Applicable", "PctMaxW", "PctMaxVar", "PctWAvail", "PctVarAvail", "PctEffectiveV")] string Unit,
    DateTimeOffset? StartTime = null,
    decimal? Duration = null);
