using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>What a dynamic profile lets a charger draw or feed in, by phase (OCPP 2.1, ChargingScheduleUpdateType).</summary>
/// <param name="Limit">In the unit of the profile's schedule, as are all of them.</param>
/// <param name="DischargeLimit">0 or less.</param>
[DataContract]
public sealed record ScheduleLimits(
    [property: DataMember(Order = 1)] decimal? Limit = null,
    [property: DataMember(Order = 2)] decimal? LimitL2 = null,
    [property: DataMember(Order = 3)] decimal? LimitL3 = null,
    [property: DataMember(Order = 4)] decimal? DischargeLimit = null,
    [property: DataMember(Order = 5)] decimal? DischargeLimitL2 = null,
    [property: DataMember(Order = 6)] decimal? DischargeLimitL3 = null,
    [property: DataMember(Order = 7)] decimal? Setpoint = null,
    [property: DataMember(Order = 8)] decimal? SetpointL2 = null,
    [property: DataMember(Order = 9)] decimal? SetpointL3 = null,
    [property: DataMember(Order = 10)] decimal? SetpointReactive = null,
    [property: DataMember(Order = 11)] decimal? SetpointReactiveL2 = null,
    [property: DataMember(Order = 12)] decimal? SetpointReactiveL3 = null);

/// <summary>
/// The charger asks what its dynamic profile lets it draw now (OCPP 2.1, K28). Answered with
/// <see cref="ScheduleStanding"/>.
/// </summary>
[Sent("cp-pull-schedule"), DataContract]
public sealed record PullSchedule(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] long Epoch,
    [property: DataMember(Order = 3)] int ProfileId,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointCommand;

/// <param name="Limits">Null when no dynamic profile of that id is known.</param>
[Sent("re-schedule-standing"), DataContract]
public sealed record ScheduleStanding([property: DataMember(Order = 1)] ScheduleLimits? Limits) : Reply;

/// <summary>
/// The charger pulled the limits of a profile and was told something else than the last time, or for the first time.
/// </summary>
/// <param name="Limits">Null: none are known.</param>
[Journaled("cp-schedule-pulled"), DataContract]
public sealed record SchedulePulled(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] int ProfileId,
    [property: DataMember(Order = 3)] ScheduleLimits? Limits,
    [property: DataMember(Order = 4)] DateTimeOffset At) : ChargePointEvent;

/// <summary>The charger holds to other limits of a dynamic profile from now on (OCPP 2.1, K28).</summary>
[DataContract]
public sealed record ScheduleUpdated(
    [property: DataMember(Order = 1)] int ProfileId,
    [property: DataMember(Order = 2)] ScheduleLimits Limits) : Outcome;

/// <summary>What is known of a dynamic profile beside the profile itself.</summary>
/// <param name="Set">The limits that were sent after the profile; null when none were.</param>
/// <param name="Told">What the charger was told when it pulled them last.</param>
/// <param name="Pulled">Whether it ever did.</param>
[DataContract]
public sealed record KnownSchedule(
    [property: DataMember(Order = 1)] int ProfileId,
    [property: DataMember(Order = 2)] ScheduleLimits? Set,
    [property: DataMember(Order = 3)] ScheduleLimits? Told = null,
    [property: DataMember(Order = 4)] bool Pulled = false);

/// <summary>
/// Dynamic profiles, whose limits change while they are in force: sent to the charger, or pulled by it every few
/// seconds. So only what is new about a pull is an event.
/// </summary>
internal static class DynamicSchedules
{
    public static Decision Pull(ChargePoint state, PullSchedule c)
    {
        var known = Of(state.Schedules, c.ProfileId);
        var limits = known?.Set
            ?? state.Profiles.FirstOrDefault(one => one.Profile.Id == c.ProfileId)?.Profile.Limits;
        return known is { Pulled: true } && known.Told == limits
            ? new(new ScheduleStanding(limits))
            : new(new ScheduleStanding(limits), new SchedulePulled(c.Id, c.ProfileId, limits, c.At));
    }

    public static ImmutableArray<KnownSchedule> Apply(ImmutableArray<KnownSchedule> schedules, SchedulePulled e) =>
        Put(schedules, (Of(schedules, e.ProfileId) ?? new KnownSchedule(e.ProfileId, null)) with
        {
            Told = e.Limits, Pulled = true,
        });

    public static ImmutableArray<KnownSchedule> Apply(ImmutableArray<KnownSchedule> schedules, ScheduleUpdated outcome) =>
        Put(schedules, (Of(schedules, outcome.ProfileId) ?? new KnownSchedule(outcome.ProfileId, null)) with
        {
            Set = outcome.Limits,
        });

    // A profile that is sent anew brings its own limits.
    public static ImmutableArray<KnownSchedule> Apply(ImmutableArray<KnownSchedule> schedules, ChargingProfileInstalled e) =>
        schedules.RemoveAll(known => known.ProfileId == e.Installed.Profile.Id || e.Replaced.Contains(known.ProfileId));

    public static ImmutableArray<KnownSchedule> Apply(ImmutableArray<KnownSchedule> schedules, ChargingProfilesEnded e) =>
        schedules.RemoveAll(known => e.ProfileIds.Contains(known.ProfileId));

    private static KnownSchedule? Of(ImmutableArray<KnownSchedule> schedules, int profile) =>
        schedules.FirstOrDefault(known => known.ProfileId == profile);

    private static ImmutableArray<KnownSchedule> Put(ImmutableArray<KnownSchedule> schedules, KnownSchedule known)
    {
        var others = schedules.RemoveAll(other => other.ProfileId == known.ProfileId);
        return (others.Length < ChargingProfiles.Most ? others : others.RemoveAt(0)).Add(known);
    }
}
