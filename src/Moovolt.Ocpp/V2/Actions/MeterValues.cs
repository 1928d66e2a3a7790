using System.Collections.Immutable;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.0.1, J01: what a meter shows outside of transactions. Some chargers send it in them, too: the connector
/// tells.
/// </summary>
[OcppAction("MeterValues", OcppVersion.V201, OcppVersion.V21, IsTransactionMessage = true)]
public sealed record MeterValues(
    [Required, AtLeast(0, Since = OcppVersion.V21)] int? EvseId = null,
    [Required, MinItems(1)] ImmutableArray<MeterValue>? MeterValue = null) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival)
    {
        var place = EvseId is { } evse and > 0 ? new ConnectorId(evse, 0) : ConnectorId.ChargePoint;
        var samples = Meters.Samples(MeterValue);
        return new Step.Ask(
            new PlaceSamples(arrival.From, place, null, samples, arrival.At, arrival.Oddities, arrival.Frame),
            reply => reply switch
            {
                StationReading when !samples.IsEmpty =>
                    new Step.Respond(new Response(), new StationSamples(place, samples)),
                Reply.Refused refused => new Step.StaySilent(refused.Reason),
                _ => new Step.Respond(new Response()),
            });
    }
}
