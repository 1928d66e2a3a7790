using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, N13: how often a stream is told.</summary>
[OcppAction("AdjustPeriodicEventStream", OcppVersion.V21)]
public sealed record AdjustPeriodicEventStream([AtLeast(0)] int Id, PeriodicEventStreamParams Params) : ICsmsCall
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public StationAnswer ToAnswer(Heard heard) => heard.Status == "Accepted"
        ? new(RequestState.Accepted, Outcome: new EventStreamAdjusted(Id, Params.Interval, Params.Values))
        : heard.Judge();
}
