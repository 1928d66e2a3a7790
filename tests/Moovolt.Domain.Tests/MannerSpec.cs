using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>How a charger is to be heard is its operator's word: the session learns it, and keeps its socket.</summary>
public sealed class MannerSpec
{
    [Fact]
    public void A_session_learns_it_when_it_opens_with_what_the_charger_last_said_of_itself()
    {
        var world = new World();
        world.Send(Open(Cp1, "s-1"));
        world.Send(Boot(Cp1, 1));
        world.Send(Register(strict: true, profile: "acme"));
        var open = (SessionOpen)world.Send(Open(Cp1, "s-2"))!;

        Assert.Equal((true, "acme", "Acme"), (open.Strict, open.QuirkProfile, open.Described?.Vendor));
        Assert.Equal(Registration.Accepted, open.Policy);
    }

    [Fact]
    public void A_live_session_is_told_when_it_changes_and_only_then()
    {
        var world = new World();
        world.Send(Open(Cp1, "s-1"));
        world.Send(Register(strict: false, profile: null));
        Assert.Empty(world.Deliveries);

        world.Send(Register(strict: true, profile: null));
        world.Send(Register(strict: true, profile: null));
        Assert.Equal(new HearSo(1, true, null), Assert.Single(world.Deliveries));
        Assert.NotNull(world.ChargePoint(Cp1).Session);
    }

    [Fact]
    public void Where_it_stands_is_told_as_well()
    {
        var world = new World();
        world.Send(Open(Cp1, "s-1"));
        world.Send(Register(strict: false, profile: "acme", zone: "America/Sao_Paulo"));
        world.Send(Register(strict: false, profile: "acme", zone: "America/Manaus"));
        Assert.Equal(new HearSo(1, false, "acme", "America/Manaus"), world.Deliveries[^1]);

        var open = (SessionOpen)world.Send(Open(Cp1, "s-2"))!;
        Assert.Equal("America/Manaus", open.TimeZone);
    }

    private static RegisterChargePoint Register(bool strict, string? profile, string? zone = null) => new(
        Cp1, null, 0, 0, Registration.Accepted, UnknownTokens.Refuse, "maria", Noon, strict, profile, TimeZone: zone);
}
