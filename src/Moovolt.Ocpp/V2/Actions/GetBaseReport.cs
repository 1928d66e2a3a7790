using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, B07: tell all that there is to know of you. It comes as NotifyReport, part after part.
/// </summary>
[OcppAction("GetBaseReport", OcppVersion.V201, OcppVersion.V21)]
public sealed record GetBaseReport(
    int RequestId,
    [OneOf("ConfigurationInventory", "FullInventory", "SummaryInventory")] string ReportBase) : ICsmsCall
{
    public sealed record Response(
        [OneOf("Accepted", "Rejected", "NotSupported", "EmptyResultSet")] string Status,
        StatusInfo? StatusInfo = null);

    public StationAnswer ToAnswer(Heard heard) => heard.Status switch
    {
        "Accepted" => new(
            RequestState.Accepted, Outcome: new ReportComing(RequestId, ReportBase == "FullInventory")),
        "NotSupported" => new(RequestState.Rejected, null, "NotSupported", "The charger makes no such report."),
        "EmptyResultSet" => new(RequestState.Rejected, null, "EmptyResultSet", "There is nothing to report."),
        _ => heard.Judge(),
    };
}
