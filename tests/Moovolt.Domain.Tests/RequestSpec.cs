using Moovolt.Domain.ChargePoints;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>What operators ask of a charger: never sent twice, never silently lost.</summary>
public sealed class RequestSpec
{
    private readonly World _world = new();

    [Fact]
    public void A_wish_for_a_charger_that_is_there_is_written_down_and_sent()
    {
        Connect();
        var standing = (RequestStanding)_world.Send(Ask(Cp1, "r-1"))!;

        Assert.Equal(RequestState.Sent, standing.Request.State);
        Assert.Equal(new CallStation(1, "r-1", new Restart(false), 30), Assert.Single(_world.Deliveries));
    }

    [Fact]
    public void The_same_wish_again_is_not_sent_again()
    {
        Connect();
        _world.Send(Ask(Cp1, "r-1"));
        _world.Send(Ask(Cp1, "r-1"));

        Assert.Single(_world.Deliveries);
        Assert.Single(_world.Stored<StationRequested>());
    }

    [Fact]
    public void A_wish_for_an_offline_charger_is_refused_unless_it_may_wait()
    {
        Connect();
        _world.Send(new CloseSession(Cp1, 1, "gone", Noon));

        Assert.Contains("offline", Assert.IsType<Reply.Refused>(_world.Send(Ask(Cp1, "r-1"))).Reason, StringComparison.Ordinal);
        Assert.Equal(RequestState.Queued, ((RequestStanding)_world.Send(Ask(Cp1, "r-2", queueMinutes: 5))!).Request.State);
    }

    [Fact]
    public void A_queued_wish_is_sent_when_the_charger_comes_back()
    {
        Connect();
        _world.Send(new CloseSession(Cp1, 1, "gone", Noon));
        _world.Send(Ask(Cp1, "r-1", queueMinutes: 5));
        _world.Send(Open(Cp1, "s-2", minute: 1));

        Assert.Equal(2, Assert.IsType<CallStation>(Assert.Single(_world.Deliveries)).Epoch);
        Assert.Equal(RequestState.Sent, Standing("r-1").State);
    }

    [Fact]
    public void A_wish_that_may_wait_has_its_turn_when_the_one_before_it_is_over()
    {
        Connect();
        _world.Send(Ask(Cp1, "r-1"));
        _world.Send(Ask(Cp1, "r-2", queueMinutes: 5));
        _world.Send(Ask(Cp1, "r-3", queueMinutes: 5));
        Assert.Equal(["r-1"], Called());

        _world.Send(new AnswerRequest(Cp1, 1, "r-1", new StationAnswer(RequestState.Accepted, null), Noon));
        Assert.Equal(["r-1", "r-2"], Called());
        Assert.Equal(RequestState.Queued, Standing("r-3").State);
    }

    [Fact]
    public void A_wish_that_waits_its_turn_is_not_lost_with_the_session()
    {
        Connect();
        _world.Send(Ask(Cp1, "r-1"));
        _world.Send(Ask(Cp1, "r-2", queueMinutes: 5));
        _world.Send(new CloseSession(Cp1, 1, SessionEnd.NodeLost, Noon));

        Assert.Equal(RequestState.TimedOut, Standing("r-1").State);
        Assert.Equal(RequestState.Queued, Standing("r-2").State);
        _world.Send(new WakeChargePoint(Cp1, "queue", Noon.AddMinutes(5)));
        Assert.Equal(RequestState.Expired, Standing("r-2").State);
    }

    [Fact]
    public void A_queued_wish_expires_at_its_time()
    {
        Connect();
        _world.Send(new CloseSession(Cp1, 1, "gone", Noon));
        _world.Send(Ask(Cp1, "r-1", queueMinutes: 5));

        _world.Send(new WakeChargePoint(Cp1, "queue", Noon.AddMinutes(4)));
        Assert.Equal(RequestState.Queued, Standing("r-1").State);
        _world.Send(new WakeChargePoint(Cp1, "queue", Noon.AddMinutes(5)));
        Assert.Equal(RequestState.Expired, Standing("r-1").State);
    }

    [Fact]
    public void A_queued_wish_can_be_taken_back_and_a_sent_one_cannot()
    {
        Connect();
        _world.Send(Ask(Cp1, "r-sent"));
        _world.Send(new CloseSession(Cp1, 1, "gone", Noon));
        _world.Send(Ask(Cp1, "r-queued", queueMinutes: 5));

        Assert.Equal(new Reply.Accepted(), _world.Send(new CancelRequest(Cp1, "r-queued", "maria", Noon)));
        Assert.IsType<Reply.Refused>(_world.Send(new CancelRequest(Cp1, "r-sent", "maria", Noon)));
    }

    [Theory]
    [InlineData(SessionEnd.NodeLost, "nodeLost")]
    [InlineData("network", "noAnswer")]
    public void What_was_sent_to_a_session_that_ended_is_timed_out_with_the_reason(string reason, string code)
    {
        Connect();
        _world.Send(Ask(Cp1, "r-1"));
        _world.Send(new CloseSession(Cp1, 1, reason, Noon));

        Assert.Equal((RequestState.TimedOut, code), (Standing("r-1").State, Standing("r-1").Answer!.ErrorCode));
    }

    [Fact]
    public void What_was_sent_to_a_session_that_is_replaced_is_timed_out_and_not_sent_again()
    {
        Connect();
        _world.Send(Ask(Cp1, "r-1"));
        _world.Send(Open(Cp1, "s-2"));

        Assert.Equal("sessionReplaced", Standing("r-1").Answer!.ErrorCode);
        Assert.Single(_world.Deliveries.OfType<CallStation>());
    }

    [Fact]
    public void An_answer_that_comes_late_moves_the_wish_on_and_says_so()
    {
        Connect();
        _world.Send(Ask(Cp1, "r-1"));
        _world.Send(new AnswerRequest(Cp1, 1, "r-1", StationAnswer.Unknown("noAnswer", ""), Noon));
        _world.Send(new AnswerRequest(Cp1, 1, "r-1", new StationAnswer(RequestState.Accepted, "{}"), Noon));

        Assert.Equal((RequestState.Accepted, true), (Standing("r-1").State, Standing("r-1").Late));
    }

    [Fact]
    public void A_wish_whose_session_forgot_it_is_timed_out_by_the_clock()
    {
        Connect();
        _world.Send(Ask(Cp1, "r-1"));
        _world.Send(new WakeChargePoint(Cp1, "answer", Noon.AddSeconds(44)));
        Assert.Equal(RequestState.Sent, Standing("r-1").State);
        _world.Send(new WakeChargePoint(Cp1, "answer", Noon.AddSeconds(45)));
        Assert.Equal(RequestState.TimedOut, Standing("r-1").State);
    }

    [Fact]
    public void Nothing_is_sent_before_the_boot_is_accepted()
    {
        _world.Send(Open(Cp1, "s-1"));
        Assert.IsType<Reply.Refused>(_world.Send(Ask(Cp1, "r-1")));
        _world.Send(Ask(Cp1, "r-2", queueMinutes: 5));
        Assert.Empty(_world.Deliveries);

        _world.Send(Boot(Cp1, 1));
        Assert.Equal("r-2", Assert.IsType<CallStation>(Assert.Single(_world.Deliveries)).RequestId);
    }

    [Fact]
    public void What_a_charger_speaks_is_known_as_soon_as_it_is_here_and_after_it_has_gone()
    {
        Assert.True(Assert.IsType<Reply.Refused>(_world.Send(new FindProtocol(Cp1))).NotFound);

        _world.Send(Open(Cp1, "s-1"));
        Assert.Equal("ocpp1.6", Assert.IsType<ProtocolStanding>(_world.Send(new FindProtocol(Cp1))).Protocol);
        _world.Send(new CloseSession(Cp1, 1, "gone", Noon));
        Assert.Equal("ocpp1.6", Assert.IsType<ProtocolStanding>(_world.Send(new FindProtocol(Cp1))).Protocol);
    }

    private void Connect()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Boot(Cp1, 1));
    }

    private string[] Called() => [.. _world.Deliveries.OfType<CallStation>().Select(call => call.RequestId)];

    private TrackedRequest Standing(string request) =>
        ((RequestStanding)_world.Send(new FindRequest(Cp1, request))!).Request;
}
