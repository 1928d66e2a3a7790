using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

public sealed class DynamicScheduleSpec
{
    private static readonly ScheduleLimits First = new(Limit: 16);
    private static readonly ScheduleLimits Next = new(Limit: 10);

    [Fact]
    public void What_is_pulled_is_the_profile_s_own_until_something_else_was_sent_and_stored_only_when_it_is_news()
    {
        var state = ChargePoint.Initial;
        Assert.Equal(new ScheduleStanding(null), Pull(ref state, stores: 1));
        Assert.Equal(new ScheduleStanding(null), Pull(ref state, stores: 0));

        state = ChargePoint.Apply(state, Installed(First));
        Assert.Equal(new ScheduleStanding(First), Pull(ref state, stores: 1));
        Assert.Equal(new ScheduleStanding(First), Pull(ref state, stores: 0));

        state = ChargePoint.Apply(state, new StationAnswered(
            Cp1, "r1", new StationAnswer(RequestState.Accepted, Outcome: new ScheduleUpdated(4, Next)), Late: false, Noon));
        Assert.Equal(new ScheduleStanding(Next), Pull(ref state, stores: 1));

        state = ChargePoint.Apply(state, Installed(First)); // sent anew: what was sent after the one before is over
        Assert.Equal(new ScheduleStanding(First), Pull(ref state, stores: 1));
        state = ChargePoint.Apply(state, new ChargingProfilesEnded(Cp1, [4], "cleared", Noon));
        Assert.Equal(new ScheduleStanding(null), Pull(ref state, stores: 1));
    }

    private static Reply? Pull(ref ChargePoint state, int stores)
    {
        var decision = ChargePoint.Decide(state, new PullSchedule(Cp1, 1, 4, Noon));
        Assert.Equal(stores, decision.Events.Length);
        state = decision.Events.Aggregate(state, ChargePoint.Apply);
        return decision.Reply;
    }

    private static ChargingProfileInstalled Installed(ScheduleLimits limits) => new(
        Cp1,
        new InstalledProfile(
            new ConnectorId(1, 0),
            new ChargingProfile(
                4, ProfilePurpose.Default, 0, ProfileKind.Absolute, null, null, null, null,
                new ChargingSchedule(RateUnit.Watts, null, null, null, [new SchedulePeriod(0, 0)]), limits),
            "r0", null, Noon),
        [4],
        Noon);
}
