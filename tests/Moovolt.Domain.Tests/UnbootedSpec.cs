using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>What a charger may be asked before its boot is accepted (OCPP 1.6, 4.2; 2.0.1, B02, B03 and F06).</summary>
public sealed class UnbootedSpec
{
    private static readonly Trigger ToBoot = new(TriggeredMessage.Boot, null);

    private readonly World _world = new();

    [Fact]
    public void A_charger_that_never_booted_is_asked_to_once_a_session()
    {
        _world.Send(Open(Cp1, "s-1"));
        Assert.Equal(new Reply.Accepted(), _world.Send(new AskForBoot(Cp1, 1, Noon)));
        Assert.Equal(new Reply.Accepted(), _world.Send(new AskForBoot(Cp1, 1, Noon)));

        var call = Assert.IsType<CallStation>(Assert.Single(_world.Deliveries));
        Assert.Equal((1L, ToBoot), (call.Epoch, call.Request));
        Assert.Equal("moovolt", Assert.Single(_world.Stored<StationRequested>()).RequestedBy);
    }

    [Fact]
    public void One_that_does_not_know_the_one_way_is_asked_the_other_way()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(new AskForBoot(Cp1, 1, Noon));
        var asked = Assert.Single(_world.Stored<StationRequested>()).RequestId;
        _world.Send(new AnswerRequest(
            Cp1, 1, asked, new StationAnswer(RequestState.Failed, null, "NotImplemented", "", new NotKnownThere()), Noon));

        Assert.Equal(ToBoot with { TheOtherWay = true }, ((CallStation)_world.Deliveries[^1]).Request);
    }

    [Fact]
    public void Nobody_is_asked_who_has_booted_is_not_wanted_or_is_gone()
    {
        _world.Send(Open(Cp1, "s-1"));
        Assert.Equal(new Reply.Repeated(), _world.Send(new AskForBoot(Cp1, 7, Noon)));
        _world.Send(Boot(Cp1, 1));
        Assert.Equal(new Reply.Repeated(), _world.Send(new AskForBoot(Cp1, 1, Noon)));

        var other = new World();
        other.Send(Register(Registration.Pending));
        other.Send(Open(Cp1, "s-1"));
        Assert.Equal(new Reply.Repeated(), other.Send(new AskForBoot(Cp1, 1, Noon)));
        Assert.Empty(other.Deliveries);
    }

    [Theory]
    [InlineData(null)]
    [InlineData(Registration.Pending)]
    [InlineData(Registration.Rejected)]
    public void An_operator_may_trigger_a_boot_whatever_the_last_one_was_answered_unless_it_was_accepted(Registration? answered)
    {
        if (answered is { } policy) _world.Send(Register(policy));
        _world.Send(Open(Cp1, "s-1"));
        if (answered is not null) _world.Send(Boot(Cp1, 1));

        Assert.IsType<RequestStanding>(_world.Send(Wish("r-1", ToBoot)));
        Assert.Equal(ToBoot, Assert.IsType<CallStation>(Assert.Single(_world.Deliveries)).Request);
        Assert.IsType<Reply.Refused>(_world.Send(Wish("r-2", new Restart(Hard: false))));
        Assert.IsType<Reply.Refused>(_world.Send(Wish("r-3", new StartCharging("TAG", null))));
    }

    [Fact]
    public void One_that_is_pending_may_be_looked_into_and_set_up_and_one_that_is_rejected_or_unknown_may_not()
    {
        StationRequest[] wishes =
        [
            new ReadConfiguration([]), new WriteConfiguration("HeartbeatInterval", "60"),
            new Trigger(TriggeredMessage.Status, null), new RawCall("GetConfiguration", "{}"),
        ];
        foreach (var answered in new Registration?[] { null, Registration.Pending, Registration.Rejected })
        {
            var world = new World();
            if (answered is { } policy) world.Send(Register(policy));
            world.Send(Open(Cp1, "s-1"));
            if (answered is not null) world.Send(Boot(Cp1, 1));
            foreach (var (n, wish) in wishes.Index())
            {
                var reply = world.Send(Wish($"r-{n}", wish));
                if (answered == Registration.Pending) Assert.IsType<RequestStanding>(reply);
                else Assert.IsType<Reply.Refused>(reply);
            }

            Assert.IsType<Reply.Refused>(world.Send(Wish("raw", new RawCall("RemoteStartTransaction", "{}"))));
        }
    }

    private static RequestStation Wish(string id, StationRequest wish) => new(Cp1, id, wish, "maria", 30, null, Noon);

    private static RegisterChargePoint Register(Registration policy) => new(
        Cp1, null, 1, 0, policy, UnknownTokens.Refuse, "maria", Noon);
}
