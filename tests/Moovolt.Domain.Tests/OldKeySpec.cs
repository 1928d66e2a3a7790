using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>The order to close a socket may be lost: a session of a key that was replaced is told so when it comes.</summary>
public sealed class OldKeySpec
{
    private static readonly Fenced Replaced = new(SessionEnd.CredentialChanged);

    private readonly World _world = new();

    [Fact]
    public void A_session_whose_password_was_replaced_is_fenced_when_it_registers_again()
    {
        _world.Send(Register(1));
        _world.Send(With(1, Open(Cp1, "s-1")));
        _world.Send(Register(2)); // and CloseSocket is lost

        Assert.Equal(Replaced, _world.Send(With(1, Open(Cp1, "s-1", epoch: 1))));
        Assert.IsType<SessionOpen>(_world.Send(With(2, Open(Cp1, "s-2"))));
    }

    [Fact]
    public void A_session_whose_member_was_taken_for_dead_does_not_return_with_a_password_that_was_replaced()
    {
        _world.Send(Register(1));
        _world.Send(With(1, Open(Cp1, "s-1")));
        _world.Send(new CloseSession(Cp1, 1, SessionEnd.NodeLost, Noon));
        _world.Send(Register(2));

        Assert.Equal(Replaced, _world.Send(With(1, Open(Cp1, "s-1", epoch: 1))));
    }

    [Fact]
    public void A_socket_that_was_let_in_just_before_its_password_was_replaced_gets_no_epoch()
    {
        _world.Send(Register(2));

        Assert.Equal(Replaced, _world.Send(With(1, Open(Cp1, "s-1"))));
        Assert.Equal(0, _world.ChargePoint(Cp1).LastEpoch);
    }

    [Fact]
    public void A_newer_password_than_the_one_of_the_registration_is_the_one_of_a_rotation()
    {
        _world.Send(Register(1));

        Assert.IsType<SessionOpen>(_world.Send(With(2, Open(Cp1, "s-1"))));
    }

    [Fact]
    public void A_charger_that_was_rejected_loses_its_session_and_may_come_again_to_hear_so()
    {
        _world.Send(Register(1));
        _world.Send(With(1, Open(Cp1, "s-1")));
        _world.Send(Register(1, Registration.Rejected, minute: 5));

        Assert.Equal(Replaced, _world.Send(With(1, Open(Cp1, "s-1", epoch: 1, minute: 6))));
        var again = Assert.IsType<SessionOpen>(_world.Send(With(1, Open(Cp1, "s-2", minute: 7))));
        Assert.Equal(new BootAnswered(Registration.Rejected), _world.Send(Boot(Cp1, again.Epoch)));
        Assert.IsType<SessionOpen>(_world.Send(With(1, Open(Cp1, "s-2", again.Epoch, minute: 8))));
    }

    private static RegisterChargePoint Register(
        int version, Registration registration = Registration.Accepted, int minute = 0) => new(
        Cp1, null, 1, version, registration, UnknownTokens.Refuse, "maria", Noon.AddMinutes(minute));

    private static OpenSession With(int version, OpenSession open) => open with { CredentialVersion = version };
}
