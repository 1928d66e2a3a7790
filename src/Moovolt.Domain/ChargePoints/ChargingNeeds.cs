using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// From what a car wants to the profile of its transaction (OCPP 2.0.1, K15): the operator's default, or the car's own
/// bound, whichever is less, and never more than the installation's rule and what the charger says it can.
/// </summary>
internal static class ChargingNeeds
{
    private const int Remembered = 16;
    private const int Patience = 30; // seconds, as for an operator's command

    // A wish whose transaction does not come is another car's by then.
    private static readonly TimeSpan Waits = TimeSpan.FromMinutes(5);

    public static Decision Report(ChargePoint state, ReportChargingNeeds c)
    {
        var open = At(state, c.Place);
        var known = new KnownNeeds(c.Place, open?.LocalId ?? "", c.Needs, c.Rule, c.At);
        var answer = new NeedsTaken(
            Profile(state, known, open) is null ? NeedsAnswer.No : open is null ? NeedsAnswer.Later : NeedsAnswer.Now);
        if (state.Needs.Any(other => other with { At = c.At } == known)) return new(answer); // said again
        var told = new ChargingNeedsTold(
            c.Id, new HeldThing(HeldKind.ChargingNeeds, known.Transaction, c.Place, c.Body), c.Needs, c.Rule, c.At);
        return new(answer, told);
    }

    /// <summary>Adds to a decision the profile that its events make possible: a car's wish and its transaction are both known.</summary>
    public static Decision Follow(ChargePoint state, Decision decision)
    {
        foreach (var @event in decision.Events)
        {
            var wished = @event switch
            {
                ChargingNeedsTold { Thing.Id.Length: > 0 } e => Known(e),
                TransactionOpenNoted { Replayed: false } e => state.Needs.FirstOrDefault(known =>
                    known.Transaction.Length == 0 && known.Place.Evse == e.Connector.Evse && e.At - known.At < Waits),
                _ => null,
            };
            if (wished is null) continue;
            if (@event is TransactionOpenNoted begun)
            {
                var bound = new ChargingNeedsBound(begun.Id, wished.Place, begun.LocalId, begun.At);
                decision = decision with { Events = decision.Events.Add(bound) };
            }

            decision = Ask(state, @event, wished, decision);
        }

        return decision;
    }

    public static ImmutableArray<KnownNeeds> Apply(ImmutableArray<KnownNeeds> needs, ChargingNeedsTold e)
    {
        var others = needs.RemoveAll(known => known.Place == e.Thing.Place);
        return (others.Length < Remembered ? others : others.RemoveAt(0)).Add(Known(e));
    }

    public static ImmutableArray<KnownNeeds> Apply(ImmutableArray<KnownNeeds> needs, ChargingNeedsBound e) =>
        [.. needs.Select(known => known.Place == e.Place ? known with { Transaction = e.LocalId } : known)];

    public static ImmutableArray<KnownNeeds> Apply(ImmutableArray<KnownNeeds> needs, TransactionOverNoted e) =>
        needs.RemoveAll(known => known.Transaction == e.LocalId);

    private static KnownNeeds Known(ChargingNeedsTold e) => new(e.Thing.Place, e.Thing.Id, e.Needs, e.Rule, e.At);

    private static Decision Ask(ChargePoint state, ChargePointEvent @event, KnownNeeds wished, Decision decision)
    {
        var after = decision.Events.Aggregate(state, ChargePoint.Apply);
        var open = At(after, wished.Place);
        if (open is null || Profile(after, wished, open) is not { } profile) return decision;
        return FollowUps.Ask(
            state,
            decision,
            @event.Id,
            FollowUps.Id(@event.Id, $"needs {open.LocalId} {wished.At.UtcTicks}"),
            new SetChargingProfile(open.Connector, profile with { Transaction = open.LocalId }),
            Patience,
            @event.At);
    }

    private static OpenTransaction? At(ChargePoint state, ConnectorId place) =>
        state.Open.LastOrDefault(open => open.Connector.Evse == place.Evse);

    // An operator's own profile for this very transaction stands; one that Moovolt made of a wish gives way to the next.
    private static ChargingProfile? Profile(ChargePoint state, KnownNeeds wished, OpenTransaction? open)
    {
        if (!wished.Rule.Answer || (open is not null && state.Profiles.Any(known => IsOperators(state, known, open))))
            return null;
        var schedule = state.Profiles.Where(known => IsDefaultFor(known, wished.Place))
            .MaxBy(known => known.Profile.StackLevel) is { Profile: var given }
            ? given
            : Own(state, wished.Needs);
        if (schedule is null) return null;
        var most = state.Number(ChargerLimit.SchedulePeriods);
        if (most > 0 && schedule.Schedule.Periods.Length > most) return null;
        return schedule with
        {
            Id = ChargingProfile.Unnumbered,
            Purpose = ProfilePurpose.Transaction,
            StackLevel = 0,
            Schedule = Bounded(schedule.Schedule, wished),
        };
    }

    private static bool IsOperators(ChargePoint state, InstalledProfile known, OpenTransaction open) =>
        known.Profile.Purpose == ProfilePurpose.Transaction
        && known.Profile.Transaction == open.LocalId
        && state.Asked.FirstOrDefault(asked => asked.RequestId == known.RequestId)?.RequestedBy != FollowUps.Moovolt;

    private static bool IsDefaultFor(InstalledProfile known, ConnectorId place) =>
        known.Profile.Purpose == ProfilePurpose.Default
        && (known.Connector == ConnectorId.ChargePoint || known.Connector.Evse == place.Evse);

    // Amperes when the car says them: they hold on every phase, whatever the voltage.
    private static ChargingProfile? Own(ChargePoint state, CarNeeds needs)
    {
        var (unit, limit) = needs switch
        {
            { MostAmperes: { } amperes } when ChargingProfileRules.Takes(state, RateUnit.Amperes) =>
                (RateUnit.Amperes, amperes),
            { MostWatts: { } watts } when ChargingProfileRules.Takes(state, RateUnit.Watts) => (RateUnit.Watts, watts),
            _ => (RateUnit.Amperes, -1),
        };
        return limit < 0 ? null : new ChargingProfile(
            ChargingProfile.Unnumbered, ProfilePurpose.Transaction, 0, ProfileKind.Relative, null, null, null, null,
            new ChargingSchedule(unit, null, null, null, [new SchedulePeriod(0, limit)]));
    }

    // A bound in the other unit is no bound here: without the voltage nobody could compare them.
    private static ChargingSchedule Bounded(ChargingSchedule schedule, KnownNeeds wished)
    {
        var bounds = schedule.Unit == RateUnit.Amperes
            ? new[] { wished.Needs.MostAmperes, wished.Rule.MostAmperes }
            : [wished.Needs.MostWatts, wished.Rule.MostWatts];
        var most = bounds.Min();
        return schedule with
        {
            Periods =
            [
                .. schedule.Periods.Select(period =>
                    period with { Limit = decimal.Round(Math.Min(period.Limit, most ?? period.Limit), 1, MidpointRounding.ToZero) }),
            ],
        };
    }
}
