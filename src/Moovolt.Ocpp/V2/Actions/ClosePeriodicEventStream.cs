using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, N14: a stream is over.</summary>
[OcppAction("ClosePeriodicEventStream", OcppVersion.V21)]
public sealed record ClosePeriodicEventStream([AtLeast(0)] int Id) : IChargerCall
{
    public sealed record Response;

    public Step Handle(Arrival arrival) =>
        Step.Stored(new CloseEventStream(arrival.From, arrival.Epoch, Id, arrival.At), new Response());
}
