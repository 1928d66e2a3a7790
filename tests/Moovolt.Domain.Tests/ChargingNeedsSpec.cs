using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>From what a car wants to the profile of its transaction.</summary>
public sealed class ChargingNeedsSpec
{
    private static readonly ConnectorId Evse = new(1, 0);

    private readonly World _world = new();

    public ChargingNeedsSpec()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Boot(Cp1, 1));
    }

    [Fact]
    public void A_car_gets_its_own_bound_when_nobody_set_another()
    {
        Begin();
        Assert.Equal(NeedsAnswer.Now, Wants(new CarNeeds(16, null)));

        var sent = Assert.Single(Sent());
        Assert.Equal((ProfilePurpose.Transaction, "n1", RateUnit.Amperes), (sent.Purpose, sent.Transaction, sent.Schedule.Unit));
        Assert.Equal(16, Assert.Single(sent.Schedule.Periods).Limit);
        Assert.All(_world.Stored<StationRequested>(), e => Assert.Equal("moovolt", e.RequestedBy));
    }

    [Fact]
    public void A_profile_waits_for_its_transaction_and_is_sent_once()
    {
        Assert.Equal(NeedsAnswer.Later, Wants(new CarNeeds(16, null)));
        Assert.Empty(Sent());
        Begin();
        Assert.Single(Sent());
        Assert.Equal("n1", Assert.Single(_world.Stored<ChargingNeedsBound>()).LocalId);
        Begin();
        Wants(new CarNeeds(16, null));
        Assert.Single(Sent());

        Wants(new CarNeeds(10, null)); // it wants something else
        Assert.Equal([16, 10], Sent().Select(profile => profile.Schedule.Periods[0].Limit));
    }

    [Theory]
    [InlineData(20, null, 20)]
    [InlineData(40, null, 32)]
    [InlineData(40, 25, 25)]
    [InlineData(null, 25, 25)]
    [InlineData(null, null, 32)]
    public void The_least_of_the_operators_default_the_car_and_the_installation_counts(int? car, int? rule, int limit)
    {
        Begin();
        Installed(ProfilePurpose.Default, 32);
        Wants(new CarNeeds(car, null), new NeedsRule(true, rule));

        Assert.Equal(limit, Sent()[^1].Schedule.Periods[0].Limit);
    }

    [Fact]
    public void A_profile_that_an_operator_set_for_the_transaction_stands()
    {
        Begin();
        Installed(ProfilePurpose.Transaction, 12);

        Assert.Equal(NeedsAnswer.No, Wants(new CarNeeds(16, null)));
        Assert.Single(Sent());
    }

    [Theory]
    [InlineData("Power", NeedsAnswer.No)] // a car that says amperes only
    [InlineData("Current", NeedsAnswer.Now)]
    public void No_profile_is_made_that_the_charger_does_not_take(string units, NeedsAnswer answer)
    {
        Begin();
        _world.Send(new ReportModelPart(
            Cp1, 1, 9, 0, true, Noon, [], Noon, [ConfigurationItem.Of("Its", units, limit: ChargerLimit.RateUnits)]));

        Assert.Equal(answer, Wants(new CarNeeds(16, null)));
    }

    [Fact]
    public void What_says_nothing_or_shall_not_be_answered_is_only_kept()
    {
        Begin();
        Assert.Equal(NeedsAnswer.No, Wants(new CarNeeds(null, null)));
        Assert.Equal(NeedsAnswer.No, Wants(new CarNeeds(16, null), new NeedsRule(Answer: false)));

        Assert.Equal(2, _world.Stored<ChargingNeedsTold>().Length);
        Assert.Empty(Sent());
    }

    private void Begin() => _world.Send(new NoteTransactionBegan(Cp1, "n1", new ConnectorId(1, 1), "CAFE", Noon));

    private NeedsAnswer Wants(CarNeeds needs, NeedsRule? rule = null) => Assert.IsType<NeedsTaken>(_world.Send(
        new ReportChargingNeeds(Cp1, 1, Evse, needs, "{}", rule ?? NeedsRule.Usual, Noon.AddSeconds(_world.Journal.Count)))).Answer;

    private ChargingProfile[] Sent() =>
        [.. _world.Stored<StationRequested>().Select(e => e.Request).OfType<SetChargingProfile>().Select(wish => wish.Profile)];

    private void Installed(ProfilePurpose purpose, decimal limit)
    {
        var profile = new ChargingProfile(
            7, purpose, 0, ProfileKind.Relative, null, null, null, purpose == ProfilePurpose.Transaction ? "n1" : null,
            new ChargingSchedule(RateUnit.Amperes, null, null, null, [new SchedulePeriod(0, limit)]));
        _world.Send(Ask(Cp1, "r-1") with { Request = new SetChargingProfile(new ConnectorId(1, 1), profile) });
        _world.Send(new AnswerRequest(
            Cp1, 1, "r-1",
            new StationAnswer(RequestState.Accepted, Outcome: new ProfileAccepted(new ConnectorId(1, 1), profile, null)), Noon));
    }
}
