using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N07 and N08: something happened at a component, or a monitor saw it.</summary>
[OcppAction("NotifyEvent", OcppVersion.V201, OcppVersion.V21)]
public sealed record NotifyEvent(
    DateTimeOffset GeneratedAt,
    [AtLeast(0, Since = OcppVersion.V21)] int SeqNo,
    [MinItems(1)] ImmutableArray<EventData> EventData,
    bool? Tbc = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportEvents(
            arrival.From,
            arrival.Epoch,
            [.. EventData.Where(told => told.Component is not null && told.Variable is not null).Select(Read)],
            arrival.At),
        new Response());

    // What looks like a secret is not kept.
    private static StationEvent Read(EventData told) => new(
        told.EventId,
        told.Timestamp,
        Keys.Of(told.Component, told.Variable),
        SecretKeys.Has(told.Variable.Name) ? "" : told.ActualValue ?? "",
        told.Trigger ?? "",
        told.EventNotificationType,
        told.Cause,
        told.Cleared ?? false,
        told.VariableMonitoringId,
        told.Severity,
        told.TransactionId,
        told.TechCode,
        told.TechInfo);
}
