using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp.Schemas;
using Moovolt.Ocpp.V2.Types;

namespace Moovolt.Ocpp.V2.Actions;

/// <summary>OCPP 2.1, N12: which streams are open? Its answer has no status.</summary>
[OcppAction("GetPeriodicEventStream", OcppVersion.V21)]
public sealed record GetPeriodicEventStream : ICsmsCall
{
    public sealed record Response([MinItems(1)] ImmutableArray<ConstantStreamData>? ConstantStreamData = null);

    public StationAnswer ToAnswer(Heard heard) => new(RequestState.Accepted, Outcome: new EventStreamsListed(
    [
        .. (((Response)heard.Response).ConstantStreamData ?? [])
            .Where(stream => stream.Params is not null)
            .Select(stream => new KnownStream(
                stream.Id, stream.VariableMonitoringId, stream.Params.Interval, stream.Params.Values))
            .DistinctBy(stream => stream.Stream)
            .Take(EventStreams.Most),
    ]));
}
