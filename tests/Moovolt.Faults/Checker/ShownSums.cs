namespace Moovolt.Faults.Checker;

/// <summary>What the tables that people look at come to for some chargers, by SQL.</summary>
/// <param name="Transactions">How many there are.</param>
/// <param name="WattHours">What they have delivered together.</param>
/// <param name="Online">How many of the chargers are shown to be there.</param>
internal sealed record ShownSums(long Transactions, long WattHours, long Online)
{
    public static async Task<ShownSums> Read(Source source, string prefix)
    {
        const string statement = """
            SELECT count(*), cast(coalesce(sum(delivered_wh), 0) AS bigint),
              (SELECT count(*) FROM charge_points WHERE online AND substr(id, 1, length($1)) = $1)
            FROM transactions WHERE substr(charge_point, 1, length($1)) = $1
            """;
        await foreach (var row in Source.Read(source.Tables, statement, prefix))
            return new ShownSums(row.GetInt64(0), row.GetInt64(1), row.GetInt64(2));
        throw new InvalidDataException("A count is a row.");
    }
}
