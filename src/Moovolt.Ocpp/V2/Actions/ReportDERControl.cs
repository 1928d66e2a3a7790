using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, R04: a part of the controls that were asked for.</summary>
[OcppAction("ReportDERControl", OcppVersion.V21)]
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

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportHeldPart(
            arrival.From, arrival.Epoch, HeldKind.DerControl, RequestId, null, Tbc != true, [.. Things()], arrival.At),
        new Response());

    private IEnumerable<HeldThing> Things() =>
    [
        .. (Curve ?? []).Select(told => HeldThings.Of(told.Id, told.CurveType, told.IsDefault, told)),
        .. (EnterService ?? []).Select(told => HeldThings.Of(told.Id, "EnterService", null, told)),
        .. (FixedPFAbsorb ?? []).Select(told => HeldThings.Of(told.Id, "FixedPFAbsorb", told.IsDefault, told)),
        .. (FixedPFInject ?? []).Select(told => HeldThings.Of(told.Id, "FixedPFInject", told.IsDefault, told)),
        .. (FixedVar ?? []).Select(told => HeldThings.Of(told.Id, "FixedVar", told.IsDefault, told)),
        .. (FreqDroop ?? []).Select(told => HeldThings.Of(told.Id, "FreqDroop", told.IsDefault, told)),
        .. (Gradient ?? []).Select(told => HeldThings.Of(told.Id, "Gradients", null, told)),
        .. (LimitMaxDischarge ?? []).Select(told => HeldThings.Of(told.Id, "LimitMaxDischarge", told.IsDefault, told)),
    ];
}
