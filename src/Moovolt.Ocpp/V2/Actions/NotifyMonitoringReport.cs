using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N02: a part of the monitors that were asked for.</summary>
[OcppAction("NotifyMonitoringReport", OcppVersion.V201, OcppVersion.V21)]
public sealed record NotifyMonitoringReport(
    int RequestId,
    [AtLeast(0, Since = OcppVersion.V21)] int SeqNo,
    DateTimeOffset GeneratedAt,
    [MinItems(1)] ImmutableArray<MonitoringData>? Monitor = null,
    bool? Tbc = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportHeldPart(
            arrival.From,
            arrival.Epoch,
            HeldKind.Monitor,
            RequestId,
            SeqNo,
            Tbc != true,
            [
                .. from told in Monitor ?? []
                   where told.Component is not null && told.Variable is not null && !told.VariableMonitoring.IsDefault
                   from one in told.VariableMonitoring
                   select HeldThings.Of(
                       new VariableMonitor(
                           Keys.Of(told.Component, told.Variable), one.Type, one.Value, one.Severity, one.Transaction),
                       one.Id,
                       one.EventNotificationType),
            ],
            arrival.At),
        new Response());
}
