using Moovolt.Domain;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.ScheduleLimits;

/// <summary>The limits of a dynamic charging profile.</summary>
/// <param name="Sent">JSON: what the charger was sent after the profile, and took; null when nothing was.</param>
/// <param name="Pulled">JSON: what it was told when it asked; null when it never asked, or there was nothing to tell.</param>
/// <param name="PulledAt">When that was told first.</param>
public sealed record ScheduleLimitRow(
    int ProfileId, string? Sent, DateTimeOffset? SentAt, string? Pulled, DateTimeOffset? PulledAt);

/// <summary>What do a charger's dynamic charging profiles let it draw?</summary>
public sealed class ScheduleLimitTable(Database database)
{
    /// <summary>The latest 500 profiles, by number.</summary>
    public Task<List<ScheduleLimitRow>> ListAsync(ChargePointId chargePoint, CancellationToken cancellation) =>
        database.QueryAsync(
            new Statement(
                """
                select profile_id, sent, sent_at, pulled, pulled_at from schedule_limits
                where charge_point = $1 order by profile_id desc limit 500
                """,
                chargePoint.Value),
            reader => new ScheduleLimitRow(
                (int)reader.GetInt64(0),
                reader.IsDBNull(1) ? null : reader.GetString(1),
                reader.IsDBNull(2) ? null : reader.Instant(2),
                reader.IsDBNull(3) ? null : reader.GetString(3),
                reader.IsDBNull(4) ? null : reader.Instant(4)),
            cancellation);
}
