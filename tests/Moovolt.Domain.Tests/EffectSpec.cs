using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>"Accepted" is a promise: whether it was kept is seen in what the charger does.</summary>
public sealed class EffectSpec
{
    private static readonly StationAnswer Yes = new(RequestState.Accepted);

    private readonly World _world = new();

    public EffectSpec()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Boot(Cp1, 1));
    }

    [Fact]
    public void A_start_that_was_asked_for_is_effective_when_its_transaction_begins()
    {
        Wish("r-1", new StartCharging("tag", new ConnectorId(1, 1)));
        Answer("r-1", Yes);
        Assert.Equal(RequestState.Accepted, Standing("r-1").State);

        _world.Send(Start(Cp1, 2, "TAG", 100, minute: 1));
        Assert.Equal(RequestState.Accepted, Standing("r-1").State); // on another connector
        _world.Send(Start(Cp1, 1, "TAG", 100, minute: 1));
        Assert.Equal(RequestState.Effective, Standing("r-1").State);
    }

    [Fact]
    public void A_start_that_comes_before_the_answer_counts_when_the_answer_has_come()
    {
        Wish("r-1", new StartCharging("TAG", null));
        _world.Send(Start(Cp1, 1, "TAG", 100));
        Assert.Equal(RequestState.Sent, Standing("r-1").State);

        Answer("r-1", Yes);
        Assert.Equal(RequestState.Effective, Standing("r-1").State);
    }

    [Fact]
    public void One_start_is_the_effect_of_one_wish()
    {
        Wish("r-1", new StartCharging("TAG", null));
        Answer("r-1", Yes);
        Wish("r-2", new StartCharging("TAG", null));
        Answer("r-2", Yes);

        _world.Send(Start(Cp1, 1, "TAG", 100));

        Assert.Equal(RequestState.Effective, Standing("r-1").State);
        Assert.Equal(RequestState.Accepted, Standing("r-2").State);
    }

    [Fact]
    public void A_start_that_does_not_come_is_no_effect_and_says_why()
    {
        _world.Send(new ReportStatus(Cp1, 1, new(1, 1), new ConnectorStatus("Finishing", "NoError"), null, Noon));
        Wish("r-1", new StartCharging("TAG", new ConnectorId(1, 1)));
        Answer("r-1", Yes);
        _world.Send(new WakeChargePoint(Cp1, "command-effect r-1", Noon.AddMinutes(2)));
        Assert.Equal(RequestState.Accepted, Standing("r-1").State);

        _world.Send(new WakeChargePoint(Cp1, "command-effect r-1", Noon.AddMinutes(3)));

        Assert.Equal(RequestState.NoEffect, Standing("r-1").State);
        Assert.Contains("pulled", Standing("r-1").Answer!.ErrorDescription, StringComparison.Ordinal);
        _world.Send(Start(Cp1, 1, "TAG", 100, minute: 4));
        Assert.Equal(RequestState.NoEffect, Standing("r-1").State);
    }

    [Fact]
    public void A_wish_that_nobody_answered_is_effective_when_its_effect_is_seen()
    {
        Wish("r-1", new StartCharging("TAG", null));
        Answer("r-1", StationAnswer.Unknown("noAnswer", "Nobody answered."));
        _world.Send(Start(Cp1, 1, "TAG", 100, minute: 1));

        Assert.Equal(RequestState.Effective, Standing("r-1").State);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void A_wish_whose_effect_was_seen_is_effective_when_no_answer_comes(bool muchLater)
    {
        Wish("r-1", new StartCharging("TAG", null));
        Wish("r-2", new StartCharging("TAG", null));
        _world.Send(Start(Cp1, 1, "TAG", 100));
        if (muchLater) _world.Send(new WakeChargePoint(Cp1, "command-answer r-1", Noon.AddHours(2)));
        else _world.Send(new CloseSession(Cp1, 1, "gone", Noon.AddMinutes(1)));

        Assert.Equal(RequestState.Effective, Standing("r-1").State);
        Assert.Equal(RequestState.TimedOut, Standing("r-2").State); // one start is the effect of one wish
    }

    [Fact]
    public void A_wish_that_was_refused_stays_refused()
    {
        Wish("r-1", new StartCharging("TAG", null));
        _world.Send(Start(Cp1, 1, "TAG", 100));
        Answer("r-1", new StationAnswer(RequestState.Rejected));

        Assert.Equal(RequestState.Rejected, Standing("r-1").State);
    }

    [Fact]
    public void A_stop_is_effective_when_the_transaction_is_over()
    {
        var began = (Began)_world.Send(Start(Cp1, 1, "TAG", 100))!;
        Wish("r-1", new StopCharging(began.Id));
        Answer("r-1", Yes);
        _world.Send(Stop(began.Id, 200, minute: 1));

        Assert.Equal(RequestState.Effective, Standing("r-1").State);
    }

    [Fact]
    public void A_reset_is_effective_when_the_charger_boots_anew()
    {
        Wish("r-1", new Restart(Hard: true));
        Answer("r-1", Yes);
        _world.Send(Open(Cp1, "s-2", minute: 2));
        Assert.Equal(RequestState.Accepted, Standing("r-1").State);
        _world.Send(Boot(Cp1, 2));

        Assert.Equal(RequestState.Effective, Standing("r-1").State);
    }

    [Fact]
    public void An_availability_is_effective_at_once_when_it_is_so_already()
    {
        _world.Send(new ReportStatus(Cp1, 1, new(1, 1), new ConnectorStatus("Unavailable", "NoError"), null, Noon));
        Wish("r-1", new ChangeAvailability(new(1, 1), Operative: false));
        Answer("r-1", Yes);

        Assert.Equal(RequestState.Effective, Standing("r-1").State);
    }

    [Fact]
    public void An_availability_that_is_scheduled_may_wait_for_the_transaction()
    {
        _world.Send(new ReportStatus(Cp1, 1, new(1, 1), new ConnectorStatus("Charging", "NoError"), null, Noon));
        Wish("r-1", new ChangeAvailability(new(1, 1), Operative: false));
        Answer("r-1", Yes with { Outcome = new AvailabilityScheduled() });
        _world.Send(new WakeChargePoint(Cp1, "command-effect r-1", Noon.AddHours(1)));
        Assert.Equal(RequestState.Accepted, Standing("r-1").State);

        _world.Send(new ReportStatus(Cp1, 1, new(1, 1), new ConnectorStatus("Unavailable", "NoError"), null, Noon.AddHours(2)));
        Assert.Equal(RequestState.Effective, Standing("r-1").State);
    }

    private void Wish(string id, StationRequest wish) =>
        Assert.IsType<RequestStanding>(_world.Send(new RequestStation(Cp1, id, wish, "maria", 30, null, Noon)));

    private void Answer(string id, StationAnswer answer) => _world.Send(new AnswerRequest(Cp1, 1, id, answer, Noon));

    private TrackedRequest Standing(string id) => ((RequestStanding)_world.Send(new FindRequest(Cp1, id))!).Request;
}
