using System.Globalization;
using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.EventStreams;

/// <summary>A stream of values that a charger opened.</summary>
/// <param name="ClosedAt">Null while it is open.</param>
public sealed record EventStreamRow(
    int Stream, int Monitor, int? IntervalSeconds, int? MostValues, DateTimeOffset OpenedAt, DateTimeOffset? ClosedAt);

/// <summary>A value of a stream.</summary>
public sealed record StreamValueRow(long Number, string Value, DateTimeOffset At, DateTimeOffset ArrivedAt);

/// <summary>Which streams of values has a charger opened, and what did they tell?</summary>
public sealed class EventStreamTable(Database database)
{
    private const string List = "stream-values";

    /// <summary>All of a charger, by number: there are few.</summary>
    public Task<List<EventStreamRow>> ListAsync(ChargePointId chargePoint, CancellationToken cancellation) =>
        database.QueryAsync(
            new Statement(
                """
                select stream, monitor, interval_seconds, most_values, opened_at, closed_at from event_streams
                where charge_point = $1 order by stream limit 1000
                """,
                chargePoint.Value),
            reader => new EventStreamRow(
                (int)reader.GetInt64(0),
                (int)reader.GetInt64(1),
                reader.IsDBNull(2) ? null : (int)reader.GetInt64(2),
                reader.IsDBNull(3) ? null : (int)reader.GetInt64(3),
                reader.Instant(4),
                reader.IsDBNull(5) ? null : reader.Instant(5)),
            cancellation);

    /// <summary>The values of one stream that are kept, the latest told first.</summary>
    /// <exception cref="UnknownCursorException">The cursor is not this list's.</exception>
    public async Task<Page<StreamValueRow>> ValuesAsync(
        ChargePointId chargePoint, int stream, int limit, string? cursor, CancellationToken cancellation)
    {
        var where = new Where().And("charge_point = ?", chargePoint.Value).And("stream = ?", stream);
        if (Cursor.Read(List, cursor, 1) is [var before]) where.And("number < ?", Cursor.Number(before));
        var rows = await database.QueryAsync(
            where.Select(
                "select number, value, at, arrived_at from stream_values",
                "order by number desc limit ?",
                Cursor.Fetch(limit)),
            reader => new StreamValueRow(reader.GetInt64(0), reader.GetString(1), reader.Instant(2), reader.Instant(3)),
            cancellation);
        return Cursor.PageOf(rows, limit, row => Cursor.Write(List, row.Number.ToString(CultureInfo.InvariantCulture)));
    }
}
