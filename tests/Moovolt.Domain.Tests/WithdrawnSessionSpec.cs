using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>A socket that was lost before its session was there never displaces the one that came after it.</summary>
public sealed class WithdrawnSessionSpec
{
    private readonly World _world = new();

    [Fact]
    public void What_was_opened_unseen_is_closed_and_its_first_word_opens_nothing_any_more()
    {
        _world.Send(Open(Cp1, "s-1"));
        Assert.Equal(new Reply.Accepted(), Withdraw("s-1"));

        Assert.Null(_world.ChargePoint(Cp1).Session);
        Assert.Equal("gone", Assert.Single(_world.Stored<SessionClosed>()).Reason);
        Assert.Equal(new Fenced(SessionEnd.Replaced), _world.Send(Open(Cp1, "s-1")));
    }

    [Fact]
    public void The_word_of_a_withdrawn_session_that_comes_late_does_not_displace_the_newest_socket()
    {
        Withdraw("s-1");
        _world.Send(Open(Cp1, "s-2"));

        Assert.Equal(new Fenced(SessionEnd.Replaced), _world.Send(Open(Cp1, "s-1")));
        Assert.Equal("s-2", _world.ChargePoint(Cp1).Session!.Session);
        Assert.Empty(_world.Deliveries);
    }

    [Fact]
    public void The_first_word_of_a_session_that_was_replaced_or_said_goodbye_opens_nothing_either()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Open(Cp1, "s-2"));
        Assert.Equal(new Fenced(SessionEnd.Replaced), _world.Send(Open(Cp1, "s-1")));

        _world.Send(new CloseSession(Cp1, 2, "gone", Noon));
        Assert.Equal(new Fenced(SessionEnd.Replaced), _world.Send(Open(Cp1, "s-2")));
        Assert.Null(_world.ChargePoint(Cp1).Session);
    }

    [Fact]
    public void One_whose_member_was_taken_for_dead_may_come_back_while_nobody_else_has()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(new CloseSession(Cp1, 1, SessionEnd.NodeLost, Noon));

        Assert.Equal(1, ((SessionOpen)_world.Send(Open(Cp1, "s-1", epoch: 1))!).Epoch);
    }

    [Fact]
    public void A_withdrawal_is_stored_once_touches_no_other_session_and_only_the_last_few_are_remembered()
    {
        _world.Send(Open(Cp1, "s-0"));
        for (var n = 1; n <= 10; n++)
        {
            Assert.Equal(new Reply.Accepted(), Withdraw($"s-{n}"));
            Assert.Equal(new Reply.Repeated(), Withdraw($"s-{n}"));
        }

        Assert.Equal(10, _world.Stored<SessionWithdrawn>().Length);
        Assert.Equal("s-0", _world.ChargePoint(Cp1).Session!.Session);
        Assert.Equal("s-7 s-8 s-9 s-10", string.Join(' ', _world.ChargePoint(Cp1).SessionsOver));
    }

    [Fact]
    public void What_was_given_to_it_is_over_too()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Boot(Cp1, 1));
        _world.Send(Ask(Cp1, "r-1"));
        Withdraw("s-1");

        Assert.Equal(RequestState.TimedOut, Assert.Single(_world.Stored<StationAnswered>()).Answer.State);
    }

    private Reply? Withdraw(string session) => _world.Send(new WithdrawSession(Cp1, session, "gone", Noon));
}
