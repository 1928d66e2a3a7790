namespace Moovolt.Faults.Checker;

/// <summary>A transaction as the tables have it.</summary>
/// <param name="Id"><c>charger/id</c>.</param>
/// <param name="IsOver">Its end is known.</param>
internal sealed record ShownTransaction(string Id, bool IsOver, long MeterStart, long Delivered)
{
    /// <param name="prefix">Of the chargers that are meant.</param>
    public static async Task<IReadOnlyList<ShownTransaction>> ReadAll(Source source, string prefix)
    {
        const string statement = """
            SELECT charge_point, local_id, ended_at IS NOT NULL, coalesce(meter_start_wh, 0), coalesce(delivered_wh, 0)
            FROM transactions WHERE substr(charge_point, 1, length($1)) = $1
            """;
        List<ShownTransaction> all = [];
        await foreach (var row in Source.Read(source.Tables, statement, prefix))
        {
            all.Add(new ShownTransaction(
                $"{row.GetString(0)}/{row.GetString(1)}", row.GetBoolean(2), row.GetInt64(3), row.GetInt64(4)));
        }

        return all;
    }
}
