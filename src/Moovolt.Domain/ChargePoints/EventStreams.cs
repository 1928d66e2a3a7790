using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>Which streams of values a charger has open. The values themselves are readings, and no events.</summary>
public static class EventStreams
{
    /// <summary>How many may be open at one charger; one more is refused.</summary>
    public const int Most = 64;

    internal static Decision Open(ChargePoint state, OpenEventStream c)
    {
        var opened = new KnownStream(c.Stream, c.Monitor, c.IntervalSeconds, c.MostValues);
        if (state.Streams.Contains(opened)) return new(new EventStreamAnswered(Open: true)); // told before
        var isNew = state.Streams.All(known => known.Stream != c.Stream);
        return isNew && state.Streams.Length >= Most
            ? new(new EventStreamAnswered(Open: false))
            : new(new EventStreamAnswered(Open: true), new EventStreamOpened(c.Id, opened, c.At));
    }

    internal static Decision Close(ChargePoint state, CloseEventStream c) =>
        state.Streams.Any(known => known.Stream == c.Stream)
            ? new(new Reply.Accepted(), new EventStreamClosed(c.Id, c.Stream, c.At))
            : new(new Reply.Repeated());

    internal static ImmutableArray<KnownStream> Apply(ImmutableArray<KnownStream> streams, EventStreamOpened e) =>
        streams.RemoveAll(known => known.Stream == e.Opened.Stream).Add(e.Opened);

    internal static ImmutableArray<KnownStream> Apply(ImmutableArray<KnownStream> streams, EventStreamClosed e) =>
        streams.RemoveAll(known => known.Stream == e.Stream);

    internal static ImmutableArray<KnownStream> Apply(ImmutableArray<KnownStream> streams, EventStreamAdjusted outcome) =>
    [
        .. streams.Select(known => known.Stream != outcome.Stream ? known : known with
        {
            IntervalSeconds = outcome.IntervalSeconds ?? known.IntervalSeconds,
            MostValues = outcome.MostValues ?? known.MostValues,
        }),
    ];

    // What the charger says that it has is so, whatever was heard before.
    internal static ImmutableArray<KnownStream> Apply(EventStreamsListed outcome) =>
        outcome.Streams.Length <= Most ? outcome.Streams : outcome.Streams[..Most];
}
