using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N02: a part of the monitors that were asked for.</summary>
[OcppAction("NotifyMonitoringReport", OcppVersion.V201, OcppVersion.V21, KeepsPayload = true)]
public sealed record NotifyMonitoringReport(
    int RequestId,
    int SeqNo,
    DateTimeOffset GeneratedAt,
    [MinItems(1)] ImmutableArray<MonitoringData>? Monitor = null,
    bool? Tbc = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) =>
        Answers.Keep("NotifyMonitoringReport", arrival, new Response());
}
