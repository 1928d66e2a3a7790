using Npgsql;

namespace Moovolt.Faults.Checker;

/// <summary>What the tables that people look at come to for some chargers, by SQL.</summary>
/// <param name="Transactions">How many there are.</param>
/// <param name="WattHours">What they have delivered together.</param>
/// <param name="Online">How many of the chargers are shown to be there.</param>
internal sealed record ShownSums(long Transactions, long WattHours, long Online)
{
    public static async Task<ShownSums> Read(string database, string prefix)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("""
            SELECT count(*), coalesce(sum(delivered_wh), 0)::bigint,
              (SELECT count(*) FROM charge_points WHERE online AND starts_with(id, $1))
            FROM transactions WHERE starts_with(charge_point, $1)
            """);
        command.Parameters.AddWithValue(prefix);
        await using var rows = await command.ExecuteReaderAsync();
        await rows.ReadAsync();
        return new ShownSums(rows.GetInt64(0), rows.GetInt64(1), rows.GetInt64(2));
    }
}
