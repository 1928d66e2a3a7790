using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, B07 and B08: a part of what was asked for: components, their variables, and what those are.
/// </summary>
[OcppAction("NotifyReport", OcppVersion.V201, OcppVersion.V21)]
public sealed record NotifyReport(
    int RequestId,
    DateTimeOffset GeneratedAt,
    [AtLeast(0, Since = OcppVersion.V21)] int SeqNo,
    [MinItems(1)] ImmutableArray<ReportData>? ReportData = null,
    bool? Tbc = null) : IChargerCall
{
    public sealed record Response;

    private const int LongestValue = 2500; // characters, of the longest version

    public Step Handle(Arrival arrival)
    {
        ImmutableArray<ModelVariable> variables =
            [.. (ReportData ?? []).Where(told => told.Component is not null && told.Variable is not null).Select(Read)];
        return Step.Stored(
            new ReportModelPart(
                arrival.From,
                arrival.Epoch,
                RequestId,
                SeqNo,
                Tbc != true,
                GeneratedAt,
                variables,
                arrival.At,
                [.. Limits.Among(variables)]),
            new Response());
    }

    private static ModelVariable Read(ReportData told) => new(
        told.Component.Name,
        told.Component.Instance,
        Places.Of(told.Component.Evse) ?? ConnectorId.ChargePoint,
        told.Variable.Name,
        told.Variable.Instance,
        told.VariableAttribute.IsDefault ? [] : [.. told.VariableAttribute.Select(one => Read(told, one))],
        told.VariableCharacteristics?.DataType,
        told.VariableCharacteristics?.Unit,
        told.VariableCharacteristics?.MinLimit,
        told.VariableCharacteristics?.MaxLimit,
        told.VariableCharacteristics?.ValuesList,
        told.VariableCharacteristics?.SupportsMonitoring ?? false);

    // What looks like a secret is not kept, whatever the charger says of it.
    private static ModelAttribute Read(ReportData told, VariableAttribute one) => new(
        one.Type ?? "Actual",
        one.Value is null || SecretKeys.Has(told.Variable.Name)
            ? null
            : one.Value[..Math.Min(one.Value.Length, LongestValue)],
        one.Mutability ?? "ReadWrite",
        one.Persistent ?? false,
        one.Constant ?? false);
}
