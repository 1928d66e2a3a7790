using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>The ratchet: a security profile rises by itself, and is lowered by an operator only.</summary>
public sealed class SecurityProfileSpec
{
    private readonly World _world = new();

    private ChargePoint Known => _world.ChargePoint(Cp1);

    [Fact]
    public void The_highest_profile_that_it_has_connected_at_is_written_down_once()
    {
        _world.Send(Open(Cp1, "s-1") with { SecurityProfile = 2 });
        _world.Send(Open(Cp1, "s-2") with { SecurityProfile = 2 });
        _world.Send(Open(Cp1, "s-3") with { SecurityProfile = 3 });

        Assert.Equal([2, 3], _world.Stored<SecurityProfileRaised>().Select(raised => raised.Profile));
        Assert.Equal(3, Known.LowestProfile);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(null)]
    public void Below_profile_2_there_is_nothing_to_lose(int? profile)
    {
        _world.Send(Open(Cp1, "s-1") with { SecurityProfile = profile });

        Assert.Single(_world.Journal);
        Assert.Equal(0, Known.LowestProfile);
    }

    [Fact]
    [Trait("sec", "SEC-16")]
    public void A_session_at_a_lower_profile_gets_no_epoch()
    {
        _world.Send(Open(Cp1, "s-1") with { SecurityProfile = 2 });

        Assert.Equal(new Fenced(SessionEnd.ProfileTooLow), _world.Send(Open(Cp1, "s-2") with { SecurityProfile = 1 }));
        Assert.Equal(1, Known.Session!.Epoch);
    }

    [Fact]
    public void An_operator_who_lowers_it_is_on_record_and_nothing_else_lowers_it()
    {
        _world.Send(Open(Cp1, "s-1") with { SecurityProfile = 3 });
        _world.Send(Register(1));
        Assert.Equal(3, Known.LowestProfile);

        _world.Send(Register(1) with { LowestProfile = 1 });
        Assert.Equal(new SecurityProfileLowered(Cp1, 3, 1, "maria", Noon), Assert.Single(_world.Stored<SecurityProfileLowered>()));
        Assert.IsType<SessionOpen>(_world.Send(Open(Cp1, "s-2") with { SecurityProfile = 1 }));
    }

    [Theory]
    [InlineData(1, true)]
    [InlineData(0, true)]
    [InlineData(2, false)]
    [InlineData(3, false)]
    [InlineData(null, false)]
    public void The_charger_is_not_told_to_go_lower(int? profile, bool refused)
    {
        _world.Send(Open(Cp1, "s-1") with { SecurityProfile = 2 });
        _world.Send(Boot(Cp1, 1));

        var reply = _world.Send(Ask(Cp1, "r-1") with { Request = new WriteConfiguration("K", "V", profile) });
        Assert.Equal(refused, reply is Reply.Refused { Wrong: true });
        Assert.Equal(refused ? 0 : 1, _world.Stored<StationRequested>().Length);
    }

    [Fact]
    public void Nor_by_an_operators_own_words_nor_below_what_it_is_registered_at()
    {
        _world.Send(Register(3));
        _world.Send(Open(Cp1, "s-1") with { SecurityProfile = 3 });
        _world.Send(Boot(Cp1, 1));

        var raw = new RawCall("ChangeConfiguration", "{}", SecurityProfile: 2);
        Assert.IsType<Reply.Refused>(_world.Send(Ask(Cp1, "r-1") with { Request = raw }));
        Assert.IsType<RequestStanding>(_world.Send(Ask(Cp1, "r-2") with { Request = raw with { SecurityProfile = 3 } }));
    }

    private static RegisterChargePoint Register(int profile) => new(
        Cp1, null, profile, 0, Registration.Accepted, UnknownTokens.Refuse, "maria", Noon);
}
