using Moovolt.Domain.ChargePoints;
using Moovolt.ReadModel.Storage;

namespace Moovolt.ReadModel.ScheduleLimits;

/// <summary>From the limits that a dynamic profile was given, and those that were pulled, to its row.</summary>
internal static class ScheduleLimitProjection
{
    public static readonly string[] Tables = ["schedule_limits"];

    public static IEnumerable<Statement> Of(ChargePointEvent @event) => @event switch
    {
        StationAnswered { Answer.Outcome: ScheduleUpdated updated } e =>
        [
            new Statement(
                """
                insert into schedule_limits (charge_point, profile_id, sent, sent_at) values ($1, $2, $3, $4)
                on conflict (charge_point, profile_id) do update set sent = excluded.sent, sent_at = excluded.sent_at
                """,
                e.Id.Value, updated.ProfileId, StoredJson.Write(updated.Limits), e.At),
        ],
        SchedulePulled e =>
        [
            new Statement(
                """
                insert into schedule_limits (charge_point, profile_id, pulled, pulled_at) values ($1, $2, $3, $4)
                on conflict (charge_point, profile_id) do update set pulled = excluded.pulled,
                  pulled_at = excluded.pulled_at
                """,
                e.Id.Value, e.ProfileId, e.Limits is { } limits ? StoredJson.Write(limits) : null, e.At),
        ],
        _ => [],
    };
}
