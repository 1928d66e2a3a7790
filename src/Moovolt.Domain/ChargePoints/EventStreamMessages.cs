using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

/// <summary>
/// The charger will tell the values of a monitored variable time and again, without being answered (OCPP 2.1, N11).
/// Answered with <see cref="EventStreamAnswered"/>.
/// </summary>
/// <param name="Stream">The charger's number for it; one that is open under the same number is over.</param>
/// <param name="Monitor">Which monitor's values they are.</param>
/// <param name="IntervalSeconds">How long it gathers values before it tells them; null when it did not say.</param>
/// <param name="MostValues">How many values it gathers at most; null when it did not say.</param>
[Sent("cp-open-event-stream"), DataContract]
public sealed record OpenEventStream(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] int Stream,
    [property: DataMember(Order = 4)] int Monitor,
    [property: DataMember(Order = 5)] int? IntervalSeconds,
    [property: DataMember(Order = 6)] int? MostValues,
    [property: DataMember(Order = 7)] DateTimeOffset At) : ChargePointCommand;

/// <summary>The charger tells no more values of that stream (OCPP 2.1, N14).</summary>
[Sent("cp-close-event-stream"), DataContract]
public sealed record CloseEventStream(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] int Stream,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointCommand;

/// <summary>Whether a stream may be told.</summary>
/// <param name="Open">False: as many are open as are taken, <see cref="EventStreams.Most"/>.</param>
[Sent("re-event-stream"), DataContract]
public sealed record EventStreamAnswered([property: DataMember(Order = 1)] bool Open) : Reply;

[Journaled("cp-event-stream-opened"), DataContract]
public sealed record EventStreamOpened(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] KnownStream Opened,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointEvent;

[Journaled("cp-event-stream-closed"), DataContract]
public sealed record EventStreamClosed(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] int Stream,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointEvent;

/// <summary>A stream of values that is open.</summary>
/// <param name="IntervalSeconds">As in <see cref="OpenEventStream"/>.</param>
/// <param name="MostValues">As in <see cref="OpenEventStream"/>.</param>
[DataContract]
public sealed record KnownStream(
    [property: DataMember(Order = 1)] int Stream,
    [property: DataMember(Order = 2)] int Monitor,
    [property: DataMember(Order = 3)] int? IntervalSeconds,
    [property: DataMember(Order = 4)] int? MostValues);

/// <summary>The charger tells a stream at another pace from now on (OCPP 2.1, N13).</summary>
/// <param name="IntervalSeconds">Null: as before.</param>
/// <param name="MostValues">Null: as before.</param>
[DataContract]
public sealed record EventStreamAdjusted(
    [property: DataMember(Order = 1)] int Stream,
    [property: DataMember(Order = 2)] int? IntervalSeconds,
    [property: DataMember(Order = 3)] int? MostValues) : Outcome;

/// <summary>Which streams the charger has open, all of them (OCPP 2.1, N12).</summary>
[DataContract]
public sealed record EventStreamsListed(ImmutableArray<KnownStream> Streams) : Outcome
{
    [DataMember(Order = 1)]
    public ImmutableArray<KnownStream> Streams { get => field.IsDefault ? [] : field; init; } = Streams;
}
