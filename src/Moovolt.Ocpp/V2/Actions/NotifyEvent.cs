using System.Collections.Immutable;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, N07 and N08: something happened at a component, or a monitor saw it.</summary>
[OcppAction("NotifyEvent", OcppVersion.V201, OcppVersion.V21, KeepsPayload = true)]
public sealed record NotifyEvent(
    DateTimeOffset GeneratedAt,
    int SeqNo,
    [MinItems(1)] ImmutableArray<EventData> EventData,
    bool? Tbc = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) =>
        Answers.Keep("NotifyEvent", arrival, new Response());
}
