using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, B08: tell what there is to know of some components. It comes as NotifyReport, part after part.
/// </summary>
[OcppAction("GetReport", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetReport(
    int RequestId,
    [MinItems(1)] ImmutableArray<ComponentVariable>? ComponentVariable = null,
    [OneOf("Active", "Available", "Enabled", "Problem")]
    [MinItems(1)]
    [MaxItems(4)]
    ImmutableArray<string>? ComponentCriteria = null) : ICsmsCall
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "NotSupported", "EmptyResultSet")] string Status,
        StatusInfo? StatusInfo = null);

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new(RequestState.Accepted, Outcome: new ReportComing(RequestId, IsWhole: false)),
        "NotSupported" => new(RequestState.Rejected, null, "NotSupported", "The charger makes no such report."),
        "EmptyResultSet" => new(RequestState.Rejected, null, "EmptyResultSet", "Nothing fits what was asked."),
        _ => heard.Judge(),
    };
}
