namespace Moovolt.Faults.Checker;

/// <summary>Two journals, row by row.</summary>
internal static class StoredEvents
{
    /// <summary>
    /// Whether one journal is the beginning of another: of each entity the first events, byte for byte, no others.
    /// </summary>
    /// <param name="prefix">Of the chargers that are meant, with all their transactions.</param>
    /// <returns>What is not so, in sentences.</returns>
    public static async Task<IReadOnlyList<string>> NotTheBeginning(Source part, Source whole, string prefix)
    {
        List<string> breaches = [];
        foreach (var kind in new[] { "charge-point", "transaction" })
        {
            var all = await Read(whole, $"{kind}/{prefix}");
            var some = await Read(part, $"{kind}/{prefix}");
            if (some.Count == 0) breaches.Add($"There is no event of any {kind}.");
            breaches.AddRange(some.Where(row => !all.TryGetValue(row.Key, out var other) || !Same(row.Value, other))
                .Select(row => $"Event {row.Key.Number} of {row.Key.Entity} is not what was stored."));
            breaches.AddRange(some.Keys.GroupBy(row => row.Entity)
                .Where(rows => rows.Max(row => row.Number) != rows.Count())
                .Select(rows => $"{rows.Key} has {rows.Count()} events up to number {rows.Max(row => row.Number)}."));
        }

        return breaches;
    }

    private static bool Same((string Manifest, byte[] Event) one, (string Manifest, byte[] Event) other) =>
        one.Manifest == other.Manifest && one.Event.AsSpan().SequenceEqual(other.Event);

    private static async Task<Dictionary<(string Entity, long Number), (string Manifest, byte[] Event)>> Read(
        Source source, string prefix)
    {
        const string statement = """
            SELECT persistence_id, sequence_number, manifest, message FROM journal
            WHERE substr(persistence_id, 1, length($1)) = $1
            """;
        Dictionary<(string, long), (string, byte[])> rows = [];
        await foreach (var row in Source.Read(source.Journal, statement, prefix))
            rows[(row.GetString(0), row.GetInt64(1))] = (row.GetString(2), row.GetFieldValue<byte[]>(3));
        return rows;
    }
}
