using System.Text.Json;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Doors;

/// <summary>From observations to statements, and now and then to those that take the oldest away again.</summary>
/// <param name="node">Which member observes; null when there is only one.</param>
internal sealed class ObservationWriter(ObservationLimits limits, string? node)
{
    private readonly AttemptWriter attempts = new(limits, node);
    private readonly Dictionary<string, int> framesSince = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> readingsSince = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> valuesSince = new(StringComparer.Ordinal);

    /// <summary>The frames first, at PostgreSQL in one statement: nearly all that is observed is frames.</summary>
    public List<Statement> Write(SqlDialect dialect, IReadOnlyList<Observed> batch)
    {
        var statements = new List<Statement>(batch.Count);
        var frames = batch.OfType<Observed.Frame>().ToList();
        if (frames.Count > 0) AddFrames(statements, dialect, frames);
        foreach (var observed in batch) Add(statements, observed);
        statements.AddRange(attempts.Write(dialect, [.. batch.OfType<Observed.Attempt>()]));
        Trim(statements);
        return statements;
    }

    public static Statement WriteSeen(Database database, IReadOnlyCollection<KeyValuePair<string, long>> changed) =>
        database.Dialect == SqlDialect.Postgres
            ? new Statement(
                """
                insert into last_seen (charge_point, at) select * from unnest($1, $2)
                on conflict (charge_point) do update set at = excluded.at where last_seen.at < excluded.at
                """,
                changed.Select(entry => entry.Key).ToArray(),
                changed.Select(entry => entry.Value).ToArray())
            : new Statement(
                """
                insert into last_seen (charge_point, at) select key, value from json_each($1) where true
                on conflict (charge_point) do update set at = excluded.at where last_seen.at < excluded.at
                """,
                JsonSerializer.Serialize(changed.ToDictionary(entry => entry.Key, entry => entry.Value)));

    public static Statement WriteDeviations(
        Database database, IReadOnlyDictionary<(string ChargePoint, string Rule), DeviationTally.Tally> counted)
    {
        const string onConflict = """
            on conflict (charge_point, rule) do update set count = deviations.count + excluded.count,
              first_at = case when excluded.first_at < deviations.first_at then excluded.first_at else deviations.first_at end,
              last_at = case when excluded.last_at > deviations.last_at then excluded.last_at else deviations.last_at end,
              example = excluded.example
            """;
        return database.Dialect == SqlDialect.Postgres
            ? new Statement(
                $"""
                insert into deviations (charge_point, rule, count, first_at, last_at, example)
                select * from unnest($1, $2, $3, $4, $5, $6)
                {onConflict}
                """,
                counted.Keys.Select(key => key.ChargePoint).ToArray(),
                counted.Keys.Select(key => key.Rule).ToArray(),
                counted.Values.Select(tally => tally.Count).ToArray(),
                counted.Values.Select(tally => Instants.Store(tally.FirstAt)).ToArray(),
                counted.Values.Select(tally => Instants.Store(tally.LastAt)).ToArray(),
                counted.Values.Select(tally => tally.Example).ToArray())
            : new Statement(
                $"""
                insert into deviations (charge_point, rule, count, first_at, last_at, example)
                select value ->> 0, value ->> 1, value ->> 2, value ->> 3, value ->> 4, value ->> 5 from json_each($1) where true
                {onConflict}
                """,
                JsonSerializer.Serialize(counted.Select(entry => new object[]
                {
                    entry.Key.ChargePoint, entry.Key.Rule, entry.Value.Count, Instants.Store(entry.Value.FirstAt),
                    Instants.Store(entry.Value.LastAt), entry.Value.Example,
                })));
    }

    private void AddFrames(List<Statement> statements, SqlDialect dialect, List<Observed.Frame> frames)
    {
        if (dialect == SqlDialect.Postgres)
        {
            statements.Add(new Statement(
                """
                insert into messages (charge_point, epoch, direction, action, frame, truncated, at)
                select * from unnest($1, $2, $3, $4, $5, $6, $7)
                """,
                frames.Select(frame => frame.ChargePoint.Value).ToArray(),
                frames.Select(frame => frame.Epoch).ToArray(),
                frames.Select(frame => (long)frame.Direction).ToArray(),
                frames.Select(frame => frame.Action).ToArray(),
                frames.Select(Kept).ToArray(),
                frames.Select(IsCut).ToArray(),
                frames.Select(frame => Instants.Store(frame.At)).ToArray()));
        }
        else
        {
            statements.AddRange(frames.Select(frame => new Statement(
                """
                insert into messages (charge_point, epoch, direction, action, frame, truncated, at)
                values ($1, $2, $3, $4, $5, $6, $7)
                """,
                frame.ChargePoint.Value, frame.Epoch, (int)frame.Direction, frame.Action, Kept(frame), IsCut(frame), frame.At)));
        }

        foreach (var frame in frames) Count(framesSince, frame.ChargePoint.Value, 1);
    }

    private bool IsCut(Observed.Frame frame) => frame.Text.Length > limits.FrameLength;

    private string Kept(Observed.Frame frame) => IsCut(frame) ? frame.Text[..limits.FrameLength] : frame.Text;

    private void Add(List<Statement> statements, Observed observed)
    {
        switch (observed)
        {
            case Observed.Readings readings:
                foreach (var sample in readings.Samples)
                {
                    statements.Add(new Statement(
                        """
                        insert into station_readings (charge_point, evse, connector, at, arrived_at, readings)
                        values ($1, $2, $3, $4, $5, $6)
                        """,
                        readings.ChargePoint.Value,
                        readings.Connector.Evse,
                        readings.Connector.Connector,
                        sample.At ?? readings.ArrivedAt,
                        readings.ArrivedAt,
                        StoredJson.Write(sample.Readings)));
                }

                Count(readingsSince, readings.ChargePoint.Value, readings.Samples.Length);
                break;

            case Observed.Values values:
                foreach (var value in values.Told)
                {
                    statements.Add(new Statement(
                        """
                        insert into stream_values (charge_point, stream, value, at, arrived_at)
                        values ($1, $2, $3, $4, $5)
                        """,
                        values.ChargePoint.Value, values.Stream, value.Value, value.At, values.ArrivedAt));
                }

                Count(valuesSince, values.ChargePoint.Value, values.Told.Length);
                break;
        }
    }

    // A quarter more than is to be kept may be there for a while: cheaper than to look after every row.
    private void Trim(List<Statement> statements)
    {
        foreach (var chargePoint in Full(framesSince, limits.FramesPerCharger))
        {
            statements.Add(new Statement(
                """
                delete from messages where charge_point = $1 and number <=
                  (select number from messages where charge_point = $1 order by number desc limit 1 offset $2)
                """,
                chargePoint, limits.FramesPerCharger));
        }

        foreach (var chargePoint in Full(readingsSince, limits.ReadingsPerCharger))
        {
            statements.Add(new Statement(
                """
                delete from station_readings where charge_point = $1 and number <=
                  (select number from station_readings where charge_point = $1 order by number desc limit 1 offset $2)
                """,
                chargePoint, limits.ReadingsPerCharger));
        }

        foreach (var chargePoint in Full(valuesSince, limits.ValuesPerCharger))
        {
            statements.Add(new Statement(
                """
                delete from stream_values where charge_point = $1 and number <=
                  (select number from stream_values where charge_point = $1 order by number desc limit 1 offset $2)
                """,
                chargePoint, limits.ValuesPerCharger));
        }
    }

    private static void Count(Dictionary<string, int> since, string chargePoint, int more) =>
        since[chargePoint] = since.GetValueOrDefault(chargePoint) + more;

    private static List<string> Full(Dictionary<string, int> since, int kept)
    {
        var full = since.Where(entry => entry.Value > kept / 4).Select(entry => entry.Key).ToList();
        foreach (var chargePoint in full) since.Remove(chargePoint);
        return full;
    }
}
