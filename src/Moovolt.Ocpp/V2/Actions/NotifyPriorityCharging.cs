using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, K21: a transaction goes first, by the word of somebody there.</summary>
[OcppAction("NotifyPriorityCharging", OcppVersion.V21)]
public sealed record NotifyPriorityCharging([MaxLength(36)] string TransactionId, bool Activated) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) => Step.Stored(
        new TellHeld(
            arrival.From,
            arrival.Epoch,
            HeldThings.OfTransaction(HeldKind.PriorityCharging, TransactionId, new { Activated }),
            Over: false,
            arrival.At),
        new Response());
}
