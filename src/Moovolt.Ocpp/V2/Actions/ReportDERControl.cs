using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, R04: a part of the controls that were asked for.</summary>
[OcppAction("ReportDERControl", OcppVersion.V21, KeepsPayload = true)]
public sealed record ReportDERControl(
    int RequestId,
    [MinItems(1), MaxItems(24)] ImmutableArray<DerCurveGet>? Curve = null,
    [MinItems(1), MaxItems(24)] ImmutableArray<EnterServiceGet>? EnterService = null,
    [MinItems(1), MaxItems(24)] ImmutableArray<FixedPfGet>? FixedPFAbsorb = null,
    [MinItems(1), MaxItems(24)] ImmutableArray<FixedPfGet>? FixedPFInject = null,
    [MinItems(1), MaxItems(24)] ImmutableArray<FixedVarGet>? FixedVar = null,
    [MinItems(1), MaxItems(24)] ImmutableArray<FreqDroopGet>? FreqDroop = null,
    [MinItems(1), MaxItems(24)] ImmutableArray<GradientGet>? Gradient = null,
    [MinItems(1), MaxItems(24)] ImmutableArray<LimitMaxDischargeGet>? LimitMaxDischarge = null,
    bool? Tbc = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) =>
        Answers.Keep("ReportDERControl", arrival, new Response());
}
