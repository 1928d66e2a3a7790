using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>
/// OCPP 2.1, N15: values of a stream. It is a SEND and has no answer; a charger that calls it all the same is answered
/// that it was heard.
/// </summary>
[OcppAction("NotifyPeriodicEventStream", OcppVersion.V21, IsSend = true)]
public sealed record NotifyPeriodicEventStream(
    [AtLeast(0)] int Id,
    [AtLeast(0)] int Pending,
    DateTimeOffset Basetime,
    [MinItems(1)] ImmutableArray<StreamDataElement> Data) : IChargerCall
{
    public sealed record Response;

    /// <summary>How many values of one message are kept.</summary>
    private const int Most = 1_000;

    private const double MostSeconds = 31_622_400; // a year: an offset beyond it is none

    public Step Handle(Arrival arrival) => new Step.Respond(new Response())
    {
        Values = new StreamValues(Id, [.. Data.Take(Most).Select(one => new StreamValue(At(one.T), one.V))]),
    };

    private DateTimeOffset At(decimal seconds) =>
        (double)Math.Abs(seconds) <= MostSeconds ? Basetime.AddSeconds((double)seconds) : Basetime;
}
