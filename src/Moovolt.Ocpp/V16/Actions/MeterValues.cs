using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V16.Actions;

/// <summary>OCPP 1.6, 4.7: what a meter shows, in a transaction or outside of any.</summary>
[OcppAction("MeterValues", OcppVersion.V16, IsTransactionMessage = true)]
public sealed record MeterValues(
    [Required, SenselessBelow(0)] int? ConnectorId,
    [SenselessBelow(1, IsTaken = true)] long? TransactionId,
    [Required] ImmutableArray<MeterValue>? MeterValue) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival)
    {
        var connector = Domain.ConnectorId.Of16(ConnectorId ?? 0);
        var samples = V16.MeterValue.ToSamples(MeterValue, arrival.Manner);
        return new Step.Ask(ToCommand(arrival, connector, samples), reply => reply switch
        {
            StationReading when !samples.IsEmpty =>
                new Step.Respond(new Response(), new StationSamples(connector, samples)),
            Reply.Refused refused => new Step.StaySilent(refused.Reason),
            _ => new Step.Respond(new Response()),
        });
    }

    // Some chargers write 0 or -1 for none.
    private Command ToCommand(Arrival arrival, ConnectorId connector, ImmutableArray<Sample> samples) =>
        TransactionId is { } number and > 0
            ? new RecordSamples(
                new TransactionId(arrival.From, $"{number}"), connector, samples, arrival.At, arrival.Oddities,
                Placed: false, arrival.Frame)
            : new PlaceSamples(
                arrival.From, connector, null, samples, arrival.At, arrival.Oddities, arrival.Frame);
}
