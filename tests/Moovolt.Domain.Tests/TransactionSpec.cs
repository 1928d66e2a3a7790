using CsCheck;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

public sealed class TransactionSpec
{
    private static readonly TransactionId Id = new(Cp1, "17");

    [Fact]
    public void A_stop_that_is_repeated_is_journaled_once()
    {
        var world = new World();
        world.Send(Begin(Id, 1_000));

        Assert.Equal(new Reply.Accepted(), world.Send(Stop(Id, 5_000)));
        Assert.Equal(new Reply.Repeated(), world.Send(Stop(Id, 5_000)));

        Assert.Equal(new Energy(4_000), Assert.Single(world.Stored<TransactionEnded>()).Delivered);
        Assert.Empty(world.Stored<SuspicionRaised>());
    }

    [Fact]
    public void A_stop_that_contradicts_the_first_is_kept_as_evidence_once()
    {
        var world = new World();
        world.Send(Begin(Id, 1_000));
        world.Send(Stop(Id, 5_000));

        Assert.Equal(new Reply.Repeated(), world.Send(Stop(Id, 9_000)));
        world.Send(Stop(Id, 9_000));

        Assert.Equal(new Energy(4_000), Assert.Single(world.Stored<TransactionEnded>()).Delivered);
        Assert.Equal("stop-contradicted", Assert.Single(world.Stored<SuspicionRaised>()).Oddity.Code);
    }

    [Fact]
    public void A_meter_that_runs_backwards_is_recorded_with_a_suspicion_and_delivers_nothing()
    {
        var world = new World();
        world.Send(Begin(Id, 1_000));
        world.Send(Stop(Id, 999));

        Assert.Equal(new Energy(0), Assert.Single(world.Stored<TransactionEnded>()).Delivered);
        Assert.Equal("meter-runs-backwards", Assert.Single(world.Stored<SuspicionRaised>()).Oddity.Code);
    }

    [Fact]
    public void A_stop_without_a_meter_is_measured_by_the_highest_sample()
    {
        var world = new World();
        world.Send(Begin(Id, 1_000));
        world.Send(Meter(Id, 1, 3_500, 10));
        world.Send(Stop(Id, 0) with { MeterStop = null });

        Assert.Equal(new Energy(2_500), Assert.Single(world.Stored<TransactionEnded>()).Delivered);
    }

    [Fact]
    public void A_stop_that_comes_before_its_start_is_placed_when_the_charger_numbers_for_itself()
    {
        var world = new World();
        world.Send(Stop(Id, 5_000));
        world.Send(Begin(Id, 1_000));

        Assert.Equal(new Energy(4_000), Assert.Single(world.Stored<TransactionEnded>()).Delivered);
    }

    [Fact]
    public void A_stop_that_waits_under_a_number_of_ours_does_not_end_the_transaction_that_gets_the_number()
    {
        var world = new World();
        world.Send(Stop(Id, 5_000));
        world.Send(Begin(Id, 1_000, numberedByUs: true));

        Assert.IsType<Transaction.Running>(world.Transaction(Id));
    }

    [Fact]
    public void Stops_under_one_wrong_number_are_kept_once_each()
    {
        var world = new World();
        Assert.Equal(new Reply.Accepted(), world.Send(Stop(Id, 5_000, token: "A")));
        Assert.Equal(new Reply.Accepted(), world.Send(Stop(Id, 9_000, minute: 70, token: "B")));

        Assert.Equal(new Reply.Repeated(), world.Send(Stop(Id, 5_000, token: "A")));
        Assert.Equal(new Reply.Repeated(), world.Send(Stop(Id, 9_000, minute: 70, token: "B")));
        Assert.Equal([5_000L, 9_000L], world.Stored<StopSuspended>().Select(stop => stop.MeterStop!.Value.WattHours));
        Assert.Equal("stop-contradicted", Assert.Single(world.Stored<SuspicionRaised>()).Oddity.Code);
    }

    [Fact]
    public void A_stop_under_a_wrong_number_ends_what_its_card_has_open_though_another_stop_waits_under_the_number()
    {
        var world = new World();
        world.Send(Stop(Id, 5_000, token: "GONE"));
        var began = (Began)world.Send(Start(Cp1, 1, "TAG", 1_000))!;

        world.Send(Stop(Id, 4_000, token: "TAG"));

        Assert.Equal(
            (began.Id, 3_000L), (Assert.Single(world.Stored<TransactionEnded>()).Id, world.Stored<TransactionEnded>()[0].Delivered.WattHours));
        Assert.Single(world.Stored<StopSuspended>());
    }

    [Fact]
    public void Of_very_many_stops_under_one_wrong_number_none_is_lost() =>
        Gen.Int[0, 200].Array[1, 300].Sample(meters =>
        {
            var world = new World();
            foreach (var meter in meters) world.Send(Stop(Id, meter));

            Assert.Equal(meters.Distinct().Order(), world.Stored<StopSuspended>().Select(e => (int)e.MeterStop!.Value.WattHours).Distinct().Order());
            Assert.True(((Transaction.NotBegun)world.Transaction(Id)).Waiting.Length <= 64);
        }, iter: 100);

    [Fact]
    public void An_end_is_told_again_until_the_charge_point_has_journaled_or_confirmed_it()
    {
        var lost = true;
        var world = new World(note => lost && note is NoteTransactionEnded);
        var began = (Began)world.Send(Start(Cp1, 1, "TAG", 1_000))!;
        world.Send(Stop(began.Id, 2_000));
        Assert.Single(world.ChargePoint(Cp1).Open);

        lost = false;
        world.Send(new WakeTransaction(began.Id, "untold-close", Noon));

        Assert.Empty(world.ChargePoint(Cp1).Open);
        Assert.Single(world.Stored<TransactionOverNoted>());

        world.Send(new WakeTransaction(began.Id, "untold-close", Noon));
        Assert.Empty(Assert.IsType<Transaction.Ended>(world.Transaction(began.Id)).Untold);
    }

    [Fact]
    public void An_end_of_what_was_never_known_is_confirmed_only_by_a_write_that_a_second_entity_of_the_name_cannot_make()
    {
        var decision = ChargePoint.Decide(ChargePoint.Initial, new NoteTransactionEnded(Cp1, Id.LocalId, Noon));

        Assert.IsType<ConfirmClose>(Assert.Single(decision.Notes));
        Assert.IsType<TransactionOverNoted>(Assert.Single(decision.Events));
    }

    [Fact]
    public void Samples_count_once_however_often_they_are_repeated()
    {
        var world = new World();
        world.Send(Begin(Id, 1_000));
        world.Send(Meter(Id, 1, 1_500, 5));

        Assert.Equal(new Reply.Repeated(), world.Send(Meter(Id, 1, 1_500, 5)));
        Assert.Single(world.Stored<SamplesRecorded>());
    }

    /// <summary>Any order and repetition of a charger's messages gives the same delivered energy.</summary>
    [Fact]
    public void Delivered_energy_does_not_depend_on_order_or_repetition()
    {
        Command[] story =
        [
            Begin(Id, 1_000), Meter(Id, 1, 2_000, 10), Meter(Id, 1, 3_000, 20), Meter(Id, 1, 4_000, 30), Stop(Id, 4_321),
        ];
        Gen.Int[0, story.Length - 1].List[0, 12].Select(Gen.Shuffle(story)).Sample((repeats, order) =>
        {
            var world = new World();
            foreach (var message in order) world.Send(message);
            foreach (var again in repeats) world.Send(story[again]);

            Assert.Equal(new Energy(3_321), Assert.Single(world.Stored<TransactionEnded>()).Delivered);
            Assert.Single(world.Stored<TransactionBegan>());
        }, iter: 2_000);
    }

    /// <summary>The history of a transaction always leads to the state that it was left in.</summary>
    [Fact]
    public void State_is_what_the_events_say()
    {
        Gen.OneOf(
            Gen.Const<TransactionCommand>(Begin(Id, 1_000)),
            Gen.Int[0, 60].Select(minute => (TransactionCommand)(Meter(Id, 1, 1_000 + minute, minute) with { Placed = true })),
            Gen.Int[900, 2_000].Select(meter => (TransactionCommand)Stop(Id, meter)),
            Gen.Const<TransactionCommand>(new ConfirmClose(Id, ClosingParty.ChargePoint, Noon)))
        .List[0, 30].Sample(commands =>
        {
            var (state, history) = (Transaction.Initial, new List<TransactionEvent>());
            foreach (var command in commands)
            {
                var decision = Transaction.Decide(state, command);
                history.AddRange(decision.Events);
                state = decision.Events.Aggregate(state, Transaction.Apply);
            }

            var replayed = history.Aggregate(Transaction.Initial, Transaction.Apply);
            Assert.Equal(state.GetType(), replayed.GetType());
            Assert.True(history.OfType<TransactionEnded>().All(ended => ended.Delivered >= new Energy(0)));
            Assert.True(history.OfType<TransactionEnded>().Count() <= 1);
        }, iter: 2_000);
    }
}
