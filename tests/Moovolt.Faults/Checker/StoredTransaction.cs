namespace Moovolt.Faults.Checker;

/// <summary>One transaction as the journal's rows have it, read by SQL and by field numbers.</summary>
internal sealed class StoredTransaction
{
    private StoredTransaction(string id) => Id = id;

    /// <summary><c>charger/id</c>.</summary>
    public string Id { get; }

    public string Station => Id[..Id.IndexOf('/')];

    public List<Start> Starts { get; } = [];

    /// <summary>What the meter showed: when by the charger's clock, and how much.</summary>
    public List<Sample> Samples { get; } = [];

    /// <summary>What was told under a number of the charger's own, each with what its meter showed.</summary>
    public List<Step> Steps { get; } = [];

    public List<Stop> Stops { get; } = [];

    /// <summary>Sequence numbers that are not one more than the one before.</summary>
    public List<string> Gaps { get; } = [];

    /// <param name="prefix">Of the chargers that are meant.</param>
    public static async Task<IReadOnlyDictionary<string, StoredTransaction>> ReadAll(Source source, string prefix)
    {
        const string statement = """
            SELECT persistence_id, sequence_number, manifest, message FROM journal
            WHERE substr(persistence_id, 1, length($1)) = $1 ORDER BY persistence_id, sequence_number
            """;
        var all = new Dictionary<string, StoredTransaction>();
        var expected = 1L;
        StoredTransaction? last = null;
        await foreach (var row in Source.Read(source.Journal, statement, $"transaction/{prefix}"))
        {
            var id = row.GetString(0)["transaction/".Length..];
            if (last?.Id != id) (last, expected) = (all[id] = new StoredTransaction(id), 1);
            if (row.GetInt64(1) != expected)
                last.Gaps.Add($"{id}: the journal has {row.GetInt64(1)} where {expected} comes.");
            expected = row.GetInt64(1) + 1;
            last.Read(row.GetString(2), new Wire(row.GetFieldValue<byte[]>(3)));
        }

        return all;
    }

    private void Read(string name, Wire stored)
    {
        switch (name)
        {
            case "tx-began":
                Starts.Add(new Start(stored.Text(3), stored.Inner(5)?.Number(1) ?? 0, Moment(stored.Inner(6))));
                break;
            case "tx-samples":
                Sample[] samples = [.. stored.Many(2).Select(sample =>
                    new Sample(Moment(sample.Inner(1)), [.. sample.Many(2).Select(reading => reading.Text(1))]))];
                if (stored.Inner(5) is { } step)
                    Steps.Add(new Step(step.Number(2), Kinds[step.Number(1)], Moment(step.Inner(3)), samples));
                else
                    Samples.AddRange(samples);
                break;
            case "tx-ended":
                Stops.Add(new Stop(stored.Inner(3)?.Number(1) ?? 0, stored.Inner(4)?.Number(1) ?? 0));
                break;
        }
    }

    private static readonly string[] Kinds = ["Started", "Updated", "Ended"];

    private static DateTimeOffset Moment(Wire? ticks) => new(ticks?.Number(1) ?? 0, TimeSpan.Zero);

    internal sealed record Start(string Token, long MeterStart, DateTimeOffset At);

    /// <param name="Values">Of all its readings, as the charger wrote them.</param>
    internal sealed record Sample(DateTimeOffset At, IReadOnlyList<string> Values);

    /// <param name="Number">The charger's own, within the transaction.</param>
    internal sealed record Step(long Number, string Kind, DateTimeOffset At, IReadOnlyList<Sample> Samples);

    internal sealed record Stop(long MeterStop, long Delivered);
}
