using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>Charging profiles: what may be asked for, and what a charger holds after its answers (OCPP 1.6, 3.13).</summary>
public sealed class ChargingProfileSpec
{
    private static readonly ConnectorId One = new(1, 1);
    private static readonly ConnectorId Two = new(2, 1);

    private readonly World _world = new();
    private int _requests;

    public ChargingProfileSpec()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Boot(Cp1, 1));
    }

    public static TheoryData<string, SetChargingProfile> Wrong => new()
    {
        { "evse", new(One, Max) },
        { "which 'evse'", new(ConnectorId.ChargePoint, OfTransaction) },
        { "not running", new(One, OfTransaction with { Transaction = "17" }) },
        { "names a transaction", new(One, Default with { Transaction = "17" }) },
        { "begins at 1", new(One, Default with { Id = -1 }) },
        { "begins at 0", new(One, Default with { StackLevel = -1 }) },
        { "how often", new(One, Default with { Kind = ProfileKind.Recurring }) },
        { "has a 'recurrency'", new(One, Default with { Recurrency = ProfileRecurrency.Daily }) },
        { "no 'startAt'", new(One, Default with { Schedule = Flat with { StartAt = Noon } }) },
        { "later than", new(One, Default with { ValidFrom = Noon, ValidTo = Noon }) },
        { "durationSeconds", new(One, Default with { Schedule = Flat with { DurationSeconds = 0 } }) },
        { "minRate", new(One, Default with { Schedule = Flat with { MinRate = 1.25m } }) },
        { "at least one period", new(One, Default with { Schedule = Flat with { Periods = [] } }) },
        { "at most 1000", new(One, Default with { Schedule = Flat with { Periods = Periods(1_001) } }) },
        { "second 0", new(One, Default with { Schedule = Flat with { Periods = [new(1, 6)] } }) },
        { "period 2", new(One, Default with { Schedule = Flat with { Periods = [new(0, 6), new(0, 8)] } }) },
        { "at least 0", new(One, Default with { Schedule = Flat with { Periods = [new(0, -1)] } }) },
        { "one decimal", new(One, Default with { Schedule = Flat with { Periods = [new(0, 6.05m)] } }) },
        { "1, 2 or 3", new(One, Default with { Schedule = Flat with { Periods = [new(0, 6, 4)] } }) },
    };

    [Theory]
    [MemberData(nameof(Wrong))]
    public void What_no_charger_could_take_is_refused_with_a_sentence(string why, SetChargingProfile wish)
    {
        var refused = Assert.IsType<Reply.Refused>(Ask(wish));

        Assert.True(refused.Wrong);
        Assert.Contains(why, refused.Reason, StringComparison.Ordinal);
        Assert.Empty(_world.Stored<StationRequested>());
    }

    [Fact]
    public void What_a_charger_can_take_is_asked_for()
    {
        Assert.IsType<RequestStanding>(Ask(new SetChargingProfile(ConnectorId.ChargePoint, Max)));
        Assert.IsType<RequestStanding>(Ask(new SetChargingProfile(ConnectorId.ChargePoint, Default)));
        Assert.IsType<RequestStanding>(Ask(new SetChargingProfile(Two, Default with
        {
            Kind = ProfileKind.Recurring,
            Recurrency = ProfileRecurrency.Weekly,
            ValidFrom = Noon,
            ValidTo = Noon.AddDays(1),
            Schedule = new ChargingSchedule(RateUnit.Watts, 60, Noon, 6.5m, Periods(1_000)),
        })));
        var began = (Began)_world.Send(Start(Cp1, 1, "TAG", 100))!;
        Assert.IsType<RequestStanding>(Ask(new SetChargingProfile(One, OfTransaction with { Transaction = began.Id.LocalId })));
    }

    [Theory]
    [InlineData(ChargerLimit.StackLevel, "2", "up to 2")]
    [InlineData(ChargerLimit.SchedulePeriods, "1", "up to 1")]
    [InlineData(ChargerLimit.RateUnits, "Power", "in Power")]
    [InlineData(ChargerLimit.Profiles, "1", "takes 1")]
    [InlineData(ChargerLimit.StackLevel, "3", null)]
    [InlineData(ChargerLimit.SchedulePeriods, "2", null)]
    [InlineData(ChargerLimit.SchedulePeriods, "0", null)]
    [InlineData(ChargerLimit.RateUnits, "Power, Current", null)]
    [InlineData(ChargerLimit.RateUnits, "A", null)]
    [InlineData(ChargerLimit.RateUnits, "", null)]
    [InlineData(ChargerLimit.Profiles, "2", null)]
    [InlineData(ChargerLimit.Profiles, "many", null)]
    public void A_charger_is_not_asked_for_more_than_it_says_it_can(ChargerLimit limit, string value, string? why)
    {
        Accept(new SetChargingProfile(Two, Default));
        Accept(
            new ReadConfiguration([]),
            new StationAnswer(RequestState.Accepted, Outcome: new ConfigurationRead([ConfigurationItem.Of("ItsKey", value, limit: limit)], [])));

        var wish = Default with { StackLevel = 3, Schedule = Flat with { Periods = Periods(2) } };
        foreach (var said in new[]
        {
            Ask(new SetChargingProfile(One, wish)),
            Ask(new StartCharging("TAG", One, wish with { Purpose = ProfilePurpose.Transaction })),
        })
        {
            if (why is null) Assert.IsType<RequestStanding>(said);
            else Assert.Contains(why, Assert.IsType<Reply.Refused>(said) is { Wrong: true } no ? no.Reason : "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public void A_profile_without_an_id_gets_one_that_nobody_has()
    {
        Accept(new SetChargingProfile(One, Default with { Id = 7 }));

        var first = Assert.IsType<RequestStanding>(Ask(new SetChargingProfile(Two, Default)));
        var second = Assert.IsType<RequestStanding>(Ask(new StartCharging("TAG", One, OfTransaction)));

        Assert.Equal(8, ((SetChargingProfile)first.Request.Request).Profile.Id);
        Assert.Equal(9, ((StartCharging)second.Request.Request).Profile!.Id);
        Assert.Equal(first.Request.Request, _world.Deliveries.OfType<CallStation>().Single(call => call.RequestId == "r-2").Request);
    }

    [Fact]
    public void What_was_accepted_is_held_and_what_was_not_is_not()
    {
        Accept(new SetChargingProfile(One, Default with { Id = 7 }));
        Ask(new SetChargingProfile(Two, Default with { Id = 8 }));
        Answer(new StationAnswer(RequestState.Rejected));

        var held = Assert.Single(Held);
        Assert.Equal((One, 7, "r-1"), (held.Connector, held.Profile.Id, held.RequestId));
    }

    [Fact]
    public void A_profile_replaces_the_one_with_its_id_and_the_one_of_its_purpose_and_level_there()
    {
        Accept(new SetChargingProfile(One, Default with { Id = 1 }));
        Accept(new SetChargingProfile(Two, Default with { Id = 2 }));
        Accept(new SetChargingProfile(ConnectorId.ChargePoint, Default with { Id = 3 }));
        Accept(new SetChargingProfile(One, Default with { Id = 4, StackLevel = 1 }));
        Assert.Equal([1, 2, 3, 4], HeldIds);

        Accept(new SetChargingProfile(One, Default with { Id = 5 }));
        Assert.Equal([2, 3, 4, 5], HeldIds);
        Accept(new SetChargingProfile(ConnectorId.ChargePoint, Max with { Id = 2 }));
        Assert.Equal([3, 4, 5, 2], HeldIds);
    }

    [Theory]
    [InlineData(null, null, null, null, "")]
    [InlineData(1, null, null, null, "2 3 4")]
    [InlineData(null, 1, null, null, "1 3")]
    [InlineData(null, 0, null, null, "2 3 4")]
    [InlineData(null, null, ProfilePurpose.Default, null, "1")]
    [InlineData(null, 1, ProfilePurpose.Default, 1, "1 2 3")]
    [InlineData(1, 1, null, null, "1 2 3 4")]
    public void A_clear_takes_those_away_that_fit_all_that_was_said(
        int? id, int? evse, ProfilePurpose? purpose, int? level, string left)
    {
        Accept(new SetChargingProfile(ConnectorId.ChargePoint, Max with { Id = 1 }));
        Accept(new SetChargingProfile(One, Default with { Id = 2 }));
        Accept(new SetChargingProfile(Two, Default with { Id = 3 }));
        Accept(new SetChargingProfile(One, Default with { Id = 4, StackLevel = 1 }));

        ConnectorId? where = evse is { } n ? ConnectorId.Of16(n) : null;
        Ask(new ClearChargingProfile(id, where, purpose, level));
        Answer(new StationAnswer(RequestState.Accepted, Outcome: new ProfilesCleared(id, where, purpose, level)));

        Assert.Equal(left, string.Join(' ', HeldIds));
    }

    [Fact]
    public void What_the_charger_says_it_does_not_have_is_not_held()
    {
        Accept(new SetChargingProfile(One, Default with { Id = 2 }));
        Ask(new ClearChargingProfile(2, null, null, null));
        Answer(new StationAnswer(RequestState.Rejected, Outcome: new ProfilesCleared(2, null, null, null)));

        Assert.Empty(Held);
    }

    [Fact]
    public void The_profile_of_a_transaction_ends_with_it_and_the_others_stay()
    {
        var began = (Began)_world.Send(Start(Cp1, 1, "TAG", 100))!;
        _world.Send(Start(Cp1, 2, "OTHER", 100));
        Accept(new SetChargingProfile(One, OfTransaction with { Id = 1 })); // names none: the one that is open there
        Accept(new SetChargingProfile(Two, OfTransaction with { Id = 2 }));
        Accept(new SetChargingProfile(One, Default with { Id = 3 }));
        Assert.Equal(began.Id.LocalId, Held[0].Profile.Transaction);

        _world.Send(Stop(began.Id, 200, minute: 1));

        Assert.Equal([2, 3], HeldIds);
        Assert.Equal("transaction-over", Assert.Single(_world.Stored<ChargingProfilesEnded>()).Why);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_profile_that_came_with_a_start_is_for_the_transaction_that_the_token_begins(bool startComesFirst)
    {
        _world.Send(Start(Cp1, 2, "OTHER", 100));
        Ask(new StartCharging("TAG", null, OfTransaction));
        if (startComesFirst) _world.Send(Start(Cp1, 1, "tag", 100, minute: 1));
        Answer(Taken(ConnectorId.ChargePoint, OfTransaction with { Id = 1 }, "TAG"));
        if (!startComesFirst)
        {
            Assert.Equal("TAG", Assert.Single(Held).AwaitedToken);
            _world.Send(Start(Cp1, 1, "tag", 100, minute: 1));
        }

        var held = Assert.Single(Held);
        var open = Assert.Single(_world.ChargePoint(Cp1).Open, open => open.Connector == One);
        Assert.Equal((One, open.LocalId, (string?)null), (held.Connector, held.Profile.Transaction, held.AwaitedToken));
        _world.Send(Stop(new TransactionId(Cp1, open.LocalId), 200, minute: 2));
        Assert.Empty(Held);
    }

    [Fact]
    public void A_profile_whose_start_never_comes_is_forgotten()
    {
        Ask(new StartCharging("TAG", One, OfTransaction));
        Answer(Taken(One, OfTransaction with { Id = 1 }, "TAG"));
        _world.Send(new WakeChargePoint(Cp1, "command-effect r-1", Noon.AddMinutes(3)));

        Assert.Empty(Held);
    }

    [Fact]
    public void A_start_takes_only_a_profile_for_the_transaction_that_is_still_to_come()
    {
        Assert.True(Assert.IsType<Reply.Refused>(Ask(new StartCharging("TAG", One, Default))).Wrong);
        Assert.True(Assert.IsType<Reply.Refused>(Ask(new StartCharging("TAG", One, OfTransaction with { Transaction = "1" }))).Wrong);
        Assert.IsType<RequestStanding>(Ask(new StartCharging("TAG", One, OfTransaction)));
    }

    [Fact]
    public void A_hundred_are_held_and_no_more()
    {
        for (var level = 0; level < 100; level++) Accept(new SetChargingProfile(One, Default with { StackLevel = level }));
        Assert.Equal(100, Held.Count);

        Assert.Contains("clear some", Assert.IsType<Reply.Refused>(
            Ask(new SetChargingProfile(One, Default with { StackLevel = 100 }))).Reason, StringComparison.Ordinal);
        Accept(new SetChargingProfile(One, Default with { StackLevel = 99 })); // in place of another
        Accept(new RawCall("SetChargingProfile", "{}"), Taken(One, Default with { Id = 500, StackLevel = 500 }, null));
        Assert.Equal(100, Held.Count);
        Assert.DoesNotContain(0, Held.Select(held => held.Profile.StackLevel)); // the oldest went
    }

    [Fact]
    public void Profiles_outlive_a_restart_of_the_charger()
    {
        Accept(new SetChargingProfile(One, Default));
        _world.Send(Open(Cp1, "s-2", minute: 2));
        _world.Send(Boot(Cp1, 2));

        Assert.Single(Held);
    }

    private static ChargingSchedule Flat => new(RateUnit.Amperes, null, null, null, [new(0, 16)]);

    private static ChargingProfile Default => new(0, ProfilePurpose.Default, 0, ProfileKind.Relative, null, null, null, null, Flat);

    private static ChargingProfile Max => Default with { Purpose = ProfilePurpose.ChargePointMax };

    private static ChargingProfile OfTransaction => Default with { Purpose = ProfilePurpose.Transaction };

    private IReadOnlyList<InstalledProfile> Held => _world.ChargePoint(Cp1).Profiles;

    private IEnumerable<int> HeldIds => Held.Select(held => held.Profile.Id);

    private static System.Collections.Immutable.ImmutableArray<SchedulePeriod> Periods(int count) =>
        [.. Enumerable.Range(0, count).Select(n => new SchedulePeriod(n, 6))];

    private static StationAnswer Taken(ConnectorId connector, ChargingProfile profile, string? token) =>
        new(RequestState.Accepted, Outcome: new ProfileAccepted(connector, profile, token));

    private Reply? Ask(StationRequest wish) =>
        _world.Send(new RequestStation(Cp1, $"r-{++_requests}", wish, "maria", 30, null, Noon));

    private void Answer(StationAnswer answer) => _world.Send(new AnswerRequest(Cp1, 1, $"r-{_requests}", answer, Noon));

    private void Accept(SetChargingProfile wish)
    {
        var asked = (SetChargingProfile)Assert.IsType<RequestStanding>(Ask(wish)).Request.Request;
        Answer(Taken(asked.Connector, asked.Profile, null));
    }

    private void Accept(StationRequest wish, StationAnswer answer)
    {
        Ask(wish);
        Answer(answer);
    }
}
