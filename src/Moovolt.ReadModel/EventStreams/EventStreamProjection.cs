using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.EventStreams;

/// <summary>From a stream's opening, change and end to its row.</summary>
internal static class EventStreamProjection
{
    public static readonly string[] Tables = ["event_streams"];

    public static IEnumerable<Statement> Of(ChargePointEvent @event) => @event switch
    {
        EventStreamOpened e => [Open(e.Id, e.Opened, e.At)],
        EventStreamClosed e =>
        [
            new Statement(
                "update event_streams set closed_at = $3 where charge_point = $1 and stream = $2 and closed_at is null",
                e.Id.Value, e.Stream, e.At),
        ],
        StationAnswered { Answer.Outcome: EventStreamAdjusted adjusted } e =>
        [
            new Statement(
                """
                update event_streams set interval_seconds = coalesce($3, interval_seconds),
                  most_values = coalesce($4, most_values)
                where charge_point = $1 and stream = $2 and closed_at is null
                """,
                e.Id.Value, adjusted.Stream, adjusted.IntervalSeconds, adjusted.MostValues),
        ],
        StationAnswered { Answer.Outcome: EventStreamsListed listed } e => List(e, listed),
        _ => [],
    };

    // What it does not list is over. What it lists has been open since it was opened, if that was heard.
    private static IEnumerable<Statement> List(StationAnswered e, EventStreamsListed listed)
    {
        yield return new Statement(
            "update event_streams set closed_at = $2 where charge_point = $1 and closed_at is null", e.Id.Value, e.At);
        foreach (var stream in listed.Streams)
        {
            yield return new Statement(
                """
                insert into event_streams (charge_point, stream, monitor, interval_seconds, most_values, opened_at)
                values ($1, $2, $3, $4, $5, $6)
                on conflict (charge_point, stream) do update set
                  opened_at = case when event_streams.closed_at = excluded.opened_at
                    then event_streams.opened_at else excluded.opened_at end,
                  monitor = excluded.monitor, interval_seconds = excluded.interval_seconds,
                  most_values = excluded.most_values, closed_at = null
                """,
                e.Id.Value, stream.Stream, stream.Monitor, stream.IntervalSeconds, stream.MostValues, e.At);
        }
    }

    private static Statement Open(ChargePointId id, KnownStream stream, DateTimeOffset at) => new(
        """
        insert into event_streams (charge_point, stream, monitor, interval_seconds, most_values, opened_at)
        values ($1, $2, $3, $4, $5, $6)
        on conflict (charge_point, stream) do update set monitor = excluded.monitor,
          interval_seconds = excluded.interval_seconds, most_values = excluded.most_values,
          opened_at = excluded.opened_at, closed_at = null
        """,
        id.Value, stream.Stream, stream.Monitor, stream.IntervalSeconds, stream.MostValues, at);
}
