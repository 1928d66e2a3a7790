using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>A stop that never comes: what is taken for its end, and what is not.</summary>
public sealed class MissingStopSpec
{
    private readonly World _world = new();
    private readonly TransactionId _id;

    public MissingStopSpec()
    {
        _world.Send(Open(Cp1, "s-1"));
        _world.Send(Boot(Cp1, 1));
        Says("Preparing", 0);
        _id = ((Began)_world.Send(Start(Cp1, 1, "TAG", 1_000))!).Id;
        _world.Send(Meter(_id, 1, 1_700, 10));
    }

    [Fact]
    public void A_connector_that_is_free_and_silent_for_a_quarter_of_an_hour_has_nothing_running()
    {
        Says("Charging", 1);
        Says("Available", 20);
        Wakes(34);
        Assert.IsType<Transaction.Running>(_world.Transaction(_id));

        Wakes(35);
        var end = Assert.Single(_world.Stored<TransactionEnded>());
        Assert.Equal((true, new Energy(700), Noon.AddMinutes(20)), (end.Inferred, end.Delivered, end.At));
        Assert.Contains("stop-inferred", _world.Stored<SuspicionRaised>().Select(odd => odd.Oddity.Code));
        Assert.Empty(_world.ChargePoint(Cp1).Open);
    }

    [Fact]
    public void How_long_is_an_operators_to_say()
    {
        Says("Available", 20);
        _world.Send(new WakeTransaction(_id, "stop-missing", Noon.AddMinutes(50), new StopPatience(3_600, 86_400)));
        Assert.Equal(Noon.AddMinutes(80), Assert.Single(_world.Stored<StopAwaited>()).Again);

        _world.Send(new WakeTransaction(_id, "stop-missing", Noon.AddMinutes(80), new StopPatience(3_600, 86_400)));
        Assert.True(Assert.Single(_world.Stored<TransactionEnded>()).Inferred);
    }

    [Fact]
    public void A_cable_that_was_put_in_before_the_start_does_not_make_the_connector_free()
    {
        Wakes(60);
        Assert.IsType<Transaction.Running>(_world.Transaction(_id));
        Assert.Equal(Noon.AddMinutes(10).AddHours(24), Assert.Single(_world.Stored<StopAwaited>()).Again);
    }

    [Fact]
    public void What_is_still_heard_of_is_not_over_although_the_connector_says_that_it_is_free()
    {
        Says("Available", 12);
        _world.Send(Meter(_id, 1, 1_900, 25));
        Wakes(30);

        Assert.IsType<Transaction.Running>(_world.Transaction(_id));
        Assert.Equal(Noon.AddMinutes(40), Assert.Single(_world.Stored<StopAwaited>()).Again);
    }

    [Fact]
    public void A_day_of_silence_while_the_charger_is_there_is_an_end()
    {
        Says("Finishing", 15);
        Wakes(23 * 60);
        Assert.IsType<Transaction.Running>(_world.Transaction(_id));

        Wakes((24 * 60) + 10);
        var end = Assert.Single(_world.Stored<TransactionEnded>());
        Assert.Equal((true, Noon.AddMinutes(10)), (end.Inferred, end.At));
    }

    [Theory]
    [InlineData("Charging")]
    [InlineData("SuspendedEV")]
    [InlineData("SuspendedEVSE")]
    public void A_connector_that_says_that_it_charges_is_believed_however_silent(string status)
    {
        Says(status, 1);
        Wakes(3 * 24 * 60);
        Assert.IsType<Transaction.Running>(_world.Transaction(_id));
    }

    [Fact]
    public void A_charger_that_is_away_charges_on_and_one_that_is_back_gets_an_hour_to_tell()
    {
        _world.Send(new CloseSession(Cp1, 1, "gone", Noon.AddMinutes(30)));
        Wakes(3 * 24 * 60);
        Assert.IsType<Transaction.Running>(_world.Transaction(_id));

        _world.Send(Open(Cp1, "s-2", minute: (3 * 24 * 60) + 10));
        Wakes((3 * 24 * 60) + 60);
        Assert.IsType<Transaction.Running>(_world.Transaction(_id));
        Wakes((3 * 24 * 60) + 70);
        Assert.IsType<Transaction.Ended>(_world.Transaction(_id));
    }

    [Fact]
    public void The_real_stop_takes_the_place_of_the_inferred_one_and_nothing_else_begins_again()
    {
        Says("Available", 20);
        Wakes(40);
        Assert.Equal(new Reply.Accepted(), _world.Send(Stop(_id, 1_950, 18)));
        Assert.Equal(new Reply.Repeated(), _world.Send(Stop(_id, 1_950, 18)));

        var ends = _world.Stored<TransactionEnded>();
        Assert.Equal([(true, 700L), (false, 950L)], ends.Select(end => (end.Inferred, end.Delivered.WattHours)));
        Assert.Equal(["stop-inferred", "stop-corrected"], _world.Stored<SuspicionRaised>().Select(odd => odd.Oddity.Code));
        Assert.Single(_world.Stored<TransactionOverNoted>());
        Assert.Empty(_world.Stored<CloseConfirmed>()); // the charge point's own event says that it knows
        Wakes(60);
        Assert.Equal(2, _world.Stored<TransactionEnded>().Length);
    }

    [Fact]
    public void Samples_that_come_after_an_inferred_end_say_more_about_it()
    {
        Says("Available", 20);
        Wakes(40);
        _world.Send(Meter(_id, 1, 1_800, 19));

        Assert.Equal([700L, 800L], _world.Stored<TransactionEnded>().Select(end => end.Delivered.WattHours));
        Assert.True(_world.Stored<TransactionEnded>()[1].Inferred);
    }

    [Fact]
    public void An_earlier_session_that_is_told_later_ends_nothing()
    {
        var history = Start(Cp1, 1, "TAG", 500, minute: -300) with { ArrivedAt = Noon.AddMinutes(12) };
        var told = ((Began)_world.Send(history)!).Id;

        Assert.IsType<Transaction.Running>(_world.Transaction(_id));
        Assert.IsType<Transaction.Running>(_world.Transaction(told));
        Assert.True(_world.Stored<TransactionBegan>()[1].Replayed);
    }

    [Fact]
    public void The_next_start_on_the_connector_ends_what_was_there_and_no_other()
    {
        var beside = ((Began)_world.Send(Start(Cp1, 2, "OTHER", 5_000, minute: 1))!).Id;
        _world.Send(Start(Cp1, 1, "NEXT", 2_000, minute: 30));

        Assert.Equal(_id, Assert.Single(_world.Stored<TransactionEnded>()).Id);
        Assert.IsType<Transaction.Running>(_world.Transaction(beside));
    }

    private void Says(string status, int minute) => _world.Send(new ReportStatus(
        Cp1, 1, new(1, 1), new ConnectorStatus(status, "NoError"), null, Noon.AddMinutes(minute)));

    private void Wakes(int minute) => _world.Send(new WakeTransaction(_id, "stop-missing", Noon.AddMinutes(minute)));
}
