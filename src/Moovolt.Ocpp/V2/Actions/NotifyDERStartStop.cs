using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, R05: a control of the grid code sets in, or ends.</summary>
[OcppAction("NotifyDERStartStop", OcppVersion.V21)]
public sealed record NotifyDERStartStop(
    [MaxLength(36)] string ControlId,
    bool Started,
    DateTimeOffset Timestamp,
    [MaxLength(36), MinItems(1), MaxItems(24)] ImmutableArray<string>? SupersededIds = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new TellHeld(
            arrival.From,
            arrival.Epoch,
            HeldThings.OfTransaction(
                HeldKind.DerState, ControlId, new { Started, SupersededIds, At = Timestamp }),
            Over: false,
            arrival.At),
        new Response());
}
