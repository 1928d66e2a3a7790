using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.0.1, O03: a part of the messages that are shown.</summary>
[OcppAction("NotifyDisplayMessages", OcppVersion.V201, OcppVersion.V21)]
public sealed record NotifyDisplayMessages(
    int RequestId,
    [MinItems(1)] ImmutableArray<MessageInfo>? MessageInfo = null,
    bool? Tbc = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new ReportHeldPart(
            arrival.From,
            arrival.Epoch,
            HeldKind.DisplayMessage,
            RequestId,
            null,
            Tbc != true,
            [.. (MessageInfo ?? []).Select(HeldThings.Of)],
            arrival.At),
        new Response());
}
