using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, N11: from now on the charger tells the values of a monitored variable by itself.</summary>
[OcppAction("OpenPeriodicEventStream", OcppVersion.V21)]
public sealed record OpenPeriodicEventStream(ConstantStreamData ConstantStreamData) : IChargerCall
{
    public sealed record Response([OneOf("Accepted", "Rejected")] string Status, StatusInfo? StatusInfo = null);

    public Step Handle(Arrival arrival) => new Step.Ask(
        new OpenEventStream(
            arrival.From,
            arrival.Epoch,
            ConstantStreamData.Id,
            ConstantStreamData.VariableMonitoringId,
            ConstantStreamData.Params.Interval,
            ConstantStreamData.Params.Values,
            arrival.At),
        reply => reply switch
        {
            EventStreamAnswered { Open: true } => new Step.Respond(new Response("Accepted")),
            Reply.Refused refused => new Step.StaySilent(refused.Reason),
            _ => new Step.Respond(new Response(
                "Rejected", new StatusInfo("TooManyElements", $"No more than {EventStreams.Most} streams are taken."))),
        });
}
