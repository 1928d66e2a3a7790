using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>A charger whose certificate has expired is in to get another one, and for nothing else (OCPP 2.0.1, A00.FR.429).</summary>
public sealed class RenewalSpec
{
    private static readonly DateTimeOffset Yesterday = Noon.AddDays(-1);
    private static readonly Trigger ToRenew = new(TriggeredMessage.SignCertificate, null);

    private readonly World _world = new();

    public RenewalSpec() => _world.Send(Register(acceptExpired: true));

    [Fact]
    [Trait("sec", "SEC-14")]
    public void Its_boot_is_answered_pending_and_it_is_asked_at_once_to_have_a_new_one_signed()
    {
        var open = Assert.IsType<SessionOpen>(_world.Send(Expired("s-1")));
        Assert.Equal((null, Registration.Pending, true), (open.Registered, open.Policy, open.OwesBoot));
        Assert.Equal(Yesterday, _world.ChargePoint(Cp1).Session!.CertificateExpiredAt);

        Assert.Equal(new BootAnswered(Registration.Pending), _world.Send(Boot(Cp1, 1)));
        Assert.Equal((1L, ToRenew), Calls().Single());
        Assert.Empty(_world.Stored<SecurityProfileRaised>()); // it has not shown that it can come so again

        _world.Send(Boot(Cp1, 1) with { At = Noon.AddMinutes(5) }); // as it does while it is Pending
        Assert.Single(Calls());
        Assert.IsType<Reply.Refused>(_world.Send(Ask(Cp1, "r-1")));
        Assert.IsType<SessionOpen>(_world.Send(Expired("s-1", epoch: 1)));
    }

    [Fact]
    [Trait("sec", "SEC-14")]
    public void What_a_boot_of_before_was_answered_lets_it_in_no_further()
    {
        _world.Send(Valid("s-1"));
        Assert.Equal(new BootAnswered(Registration.Accepted), _world.Send(Boot(Cp1, 1)));
        _world.Send(new CloseSession(Cp1, 1, "away", Noon));
        _world.Send(Ask(Cp1, "r-1", queueMinutes: 60));

        var open = Assert.IsType<SessionOpen>(_world.Send(Expired("s-2")));
        Assert.Equal((Registration.Pending, true), (open.Registered, open.OwesBoot));
        Assert.IsType<Reply.Refused>(_world.Send(Ask(Cp1, "r-2")));
        Assert.Empty(Calls());
        Assert.Equal(new Reply.Accepted(), _world.Send(new AskForBoot(Cp1, 2, Noon)));
        Assert.Equal((2L, new Trigger(TriggeredMessage.Boot, null)), Calls().Single());
    }

    [Fact]
    [Trait("sec", "SEC-14")]
    public void With_a_good_certificate_it_is_in_for_all_else_again_when_it_has_booted()
    {
        _world.Send(Expired("s-1"));
        _world.Send(Boot(Cp1, 1));
        var open = Assert.IsType<SessionOpen>(_world.Send(Valid("s-2")));
        Assert.Equal((Registration.Pending, Registration.Accepted, true), (open.Registered, open.Policy, open.OwesBoot));

        Assert.Equal(new BootAnswered(Registration.Accepted), _world.Send(Boot(Cp1, 2)));
        Assert.IsType<RequestStanding>(_world.Send(Ask(Cp1, "r-1")));
        Assert.False(Assert.IsType<SessionOpen>(_world.Send(Valid("s-3"))).OwesBoot);
    }

    [Fact]
    public void The_certificate_is_sent_to_it_while_it_waits_and_it_is_not_asked_again()
    {
        _world.Send(Expired("s-1"));
        _world.Send(Boot(Cp1, 1));
        _world.Send(new RequestCertificate(Cp1, 1, "csr", "hash", Noon));
        _world.Send(Certificate("cert")); // while the trigger is unanswered, as when its answer comes late
        Assert.Single(Calls());

        _world.Send(new AnswerRequest(Cp1, 1, Asked(0), new StationAnswer(RequestState.Accepted, null, null, null), Noon));
        Assert.IsType<SendCertificate>(Calls().Last().Request);
        _world.Send(Boot(Cp1, 1) with { At = Noon.AddMinutes(5) });
        Assert.Equal(2, Calls().Length);
    }

    [Fact]
    public void A_certificate_that_waits_for_it_is_what_it_gets()
    {
        _world.Send(Valid("s-1"));
        _world.Send(Boot(Cp1, 1));
        _world.Send(new RequestCertificate(Cp1, 1, "csr", "hash", Noon));
        _world.Send(new CloseSession(Cp1, 1, "away", Noon));
        _world.Send(Certificate("cert"));
        Assert.Empty(Calls());

        _world.Send(Expired("s-2", minute: 60));
        Assert.Empty(Calls());
        _world.Send(Boot(Cp1, 2));
        Assert.IsType<SendCertificate>(Calls().Single().Request);
    }

    [Fact]
    public void A_renewal_that_came_to_nothing_begins_again_with_its_next_boot()
    {
        _world.Send(Expired("s-1"));
        _world.Send(Boot(Cp1, 1));
        _world.Send(new AnswerRequest(Cp1, 1, Asked(0), new StationAnswer(RequestState.Rejected, null, null, null), Noon));
        _world.Send(Boot(Cp1, 1) with { At = Noon.AddMinutes(5) });

        Assert.Equal([ToRenew, ToRenew], Calls().Select(call => call.Request));
    }

    [Fact]
    [Trait("sec", "SEC-14")]
    public void Where_nobody_said_so_or_no_longer_does_it_gets_no_epoch()
    {
        _world.Send(Expired("s-1"));
        _world.Send(Valid("s-2"));
        _world.Deliveries.Clear();
        _world.Send(Register(acceptExpired: false));
        Assert.Empty(_world.Deliveries); // who came with a good one stays
        Assert.Equal(new Fenced(SessionEnd.CredentialChanged), _world.Send(Expired("s-3")));

        _world.Send(Register(acceptExpired: true));
        Assert.IsType<SessionOpen>(_world.Send(Expired("s-4")));
        _world.Deliveries.Clear();
        _world.Send(Register(acceptExpired: false));
        Assert.Equal(new CloseSocket(3, SessionEnd.CredentialChanged), Assert.Single(_world.Deliveries));
    }

    [Theory]
    [InlineData(Registration.Pending)]
    [InlineData(Registration.Rejected)]
    public void An_operators_no_stays_a_no(Registration wished)
    {
        _world.Send(Register(acceptExpired: true) with { Registration = wished });
        var open = Assert.IsType<SessionOpen>(_world.Send(Expired("s-1")));

        Assert.Equal((wished, false), (open.Policy, open.OwesBoot));
        Assert.Equal(new BootAnswered(wished), _world.Send(Boot(Cp1, 1)));
        Assert.Equal(wished == Registration.Pending ? 1 : 0, Calls().Length);
    }

    [Fact]
    public void What_is_not_said_of_it_stays()
    {
        _world.Send(Register(acceptExpired: false) with { Said = RegistrationMembers.DisplayName, DisplayName = "Named" });
        Assert.True(_world.ChargePoint(Cp1).Registered!.AcceptExpired);
    }

    private (long Epoch, StationRequest Request)[] Calls() =>
        [.. _world.Deliveries.OfType<CallStation>().Select(call => (call.Epoch, call.Request))];

    private string Asked(int nth) => _world.Stored<StationRequested>()[nth].RequestId;

    private static OpenSession Valid(string session) => Open(Cp1, session) with { SecurityProfile = 3 };

    private static OpenSession Expired(string session, long epoch = 0, int minute = 0) =>
        Open(Cp1, session, epoch, minute) with { SecurityProfile = 3, CertificateExpiredAt = Yesterday };

    private static RequestStation Certificate(string id) =>
        new(Cp1, id, new SendCertificate("chain", "hash"), "moovolt", 60, Noon.AddDays(7), Noon);

    private static RegisterChargePoint Register(bool acceptExpired) => new(
        Cp1, null, 3, 0, Registration.Accepted, UnknownTokens.Refuse, "maria", Noon, AcceptExpired: acceptExpired);
}
