using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.Deviations;

/// <summary>What did that charger do that it should not, and how often?</summary>
public sealed class DeviationTable(Database database)
{
    /// <summary>The most frequent first; there are never more than there are rules.</summary>
    public Task<List<DeviationRow>> ListAsync(ChargePointId id, CancellationToken cancellation) => database.QueryAsync(
        new Statement(
            """
            select rule, count, first_at, last_at, example from deviations where charge_point = $1
            order by count desc, rule
            """,
            id.Value),
        reader => new DeviationRow(
            reader.GetString(0), reader.GetInt64(1), reader.Instant(2), reader.Instant(3), reader.GetString(4)),
        cancellation);

    /// <summary>Begins anew, as after a firmware update. What a gateway has not written yet is counted anew.</summary>
    public async Task ForgetAsync(ChargePointId id, CancellationToken cancellation) => await database.RunAsync(
        [new Statement("delete from deviations where charge_point = $1", id.Value)], cancellation);
}
