using System.Collections.Immutable;
using CsCheck;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>
/// What entities tell each other can be lost, and can come in another order. That a transaction runs is known to all in
/// the end, and what does not run is open nowhere.
/// </summary>
public sealed class UntoldSpec
{
    private static readonly TransactionId Id = new(Cp1, "b7d1f3a0-tx");
    private static readonly TokenId Tag = new("TAG");

    [Fact]
    public void A_begin_that_got_lost_is_told_again_and_is_the_effect_of_the_wish()
    {
        var lost = true;
        var world = new World(note => lost && note is NoteTransactionBegan or HoldPlace);
        world.Send(Open(Cp1, "s-1"));
        world.Send(Boot(Cp1, 1));
        world.Send(Ask(Cp1, "r-1") with { Request = new StartCharging("TAG", null) });
        world.Send(Define("TAG", maxConcurrent: 1));
        var admitted = (Judged)world.Send(new Admit(Tag, "place", Noon))!;
        world.Send(Step(StepKind.Began, 0, admitted.Verdict));
        Assert.Empty(world.ChargePoint(Cp1).Open);

        lost = false;
        Wake(world, Untold.Begin);
        Wake(world, Untold.Place);
        world.Send(new AnswerRequest(Cp1, 1, "r-1", new StationAnswer(RequestState.Accepted), Noon.AddSeconds(7)));

        Assert.Equal(Id.LocalId, Assert.Single(world.ChargePoint(Cp1).Open).LocalId);
        Assert.Equal(Id, Assert.Single(world.Token(Tag).Places).Transaction);
        Assert.Equal(RequestState.Effective, world.ChargePoint(Cp1).Asked.Single().State);
        Assert.Single(world.Stored<TransactionOpenNoted>());
        Assert.Equal(ClosingParty.Token, Assert.Single(world.Stored<BeginConfirmed>()).By);

        Wake(world, Untold.Begin); // its row may still be there: who knows already confirms it
        Assert.Equal(ClosingParty.ChargePoint, world.Stored<BeginConfirmed>()[^1].By);
        Assert.Single(world.Stored<TransactionOpenNoted>());
    }

    [Theory]
    [InlineData(Untold.Begin, ClosingParty.ChargePoint)]
    [InlineData(Untold.Place, ClosingParty.Token)]
    public void Of_what_is_over_the_clock_hears_that_nobody_needs_the_begin_any_more(string reason, ClosingParty by)
    {
        var world = new World();
        world.Send(Step(StepKind.Began, 0));
        world.Send(Step(StepKind.Ended, 1));
        Wake(world, reason);

        Assert.Equal(by, Assert.Single(world.Stored<BeginConfirmed>()).By);
        Assert.Empty(world.ChargePoint(Cp1).Open);
    }

    [Fact]
    public void A_begin_that_its_end_has_overtaken_leaves_nothing_open()
    {
        var world = new World(note => note is NoteTransactionBegan);
        world.Send(Step(StepKind.Began, 0));
        world.Send(Step(StepKind.Ended, 1));

        world.Deliver(new NoteTransactionBegan(Cp1, Id.LocalId, new ConnectorId(1, 1), "", Noon, Noon));

        Assert.Empty(world.ChargePoint(Cp1).Open);
    }

    [Fact]
    public void A_start_that_was_numbered_and_got_lost_is_closed_by_the_next_one_on_its_connector()
    {
        var world = new World();
        var ghost = Ghost(world);
        world.Send(Start(Cp1, 1, "TAG", 2_000, minute: 30));

        Assert.DoesNotContain(world.ChargePoint(Cp1).Open, open => open.LocalId == ghost.LocalId);
        Assert.Single(world.ChargePoint(Cp1).Open);
    }

    [Fact]
    public void A_start_that_comes_after_it_was_taken_for_a_ghost_is_open_again()
    {
        var world = new World();
        var ghost = Ghost(world);
        world.Send(Start(Cp1, 1, "OTHER", 2_000, minute: 30));

        Assert.Equal(ghost, ((Began)world.Send(Start(Cp1, 1, "TAG", 1_000))!).Id);
        Assert.Contains(world.ChargePoint(Cp1).Open, open => open.LocalId == ghost.LocalId);
    }

    [Fact]
    public void A_stop_that_is_placed_under_a_ghost_is_kept_and_the_ghost_is_gone()
    {
        var world = new World();
        var ghost = Ghost(world);
        var stop = new PlaceStop(Cp1, "TAG", new Energy(3_000), "Local", Noon.AddHours(1), Noon.AddHours(1), [], [], "{}");

        Assert.Equal(new Reply.Accepted(), world.Send(stop));
        Assert.Equal(ghost, Assert.Single(world.Stored<StopSuspended>()).Id);
        Assert.Empty(world.ChargePoint(Cp1).Open);
        Assert.Equal(new Reply.Repeated(), world.Send(stop));
    }

    [Fact]
    public void What_is_inferred_of_a_transaction_that_is_over_tells_its_end_again()
    {
        var lost = true;
        var world = new World(note => lost && note is NoteTransactionEnded);
        var first = (Began)world.Send(Start(Cp1, 1, "TAG", 1_000))!;
        world.Send(Stop(first.Id, 2_000, minute: 10));
        Assert.Single(world.ChargePoint(Cp1).Open);

        lost = false;
        world.Send(Start(Cp1, 1, "OTHER", 2_000, minute: 30));
        Assert.DoesNotContain(world.ChargePoint(Cp1).Open, open => open.LocalId == first.Id.LocalId);
    }

    [Fact]
    public void A_place_that_a_late_repeat_of_a_start_has_taken_is_given_back()
    {
        var world = new World();
        world.Send(Define("TAG", maxConcurrent: 1));
        var start = Start(Cp1, 1, "TAG", 1_000);
        Verdict Admitted() => ((Judged)world.Send(new Admit(Tag, start.Key, Noon))!).Verdict;
        var began = (Began)world.Send(start with { Verdict = Admitted() })!;
        world.Send(Stop(began.Id, 2_000));

        Assert.Equal(began, world.Send(start with { Verdict = Admitted() }));
        Assert.Empty(world.Token(Tag).Places);
    }

    [Fact]
    public void Places_that_nobody_ever_used_are_forgotten()
    {
        var world = new World();
        world.Send(Define("TAG", maxConcurrent: 3));
        for (var minute = 0; minute < 1_000; minute++)
            world.Send(new Admit(Tag, $"start {minute}", Noon.AddMinutes(minute)));

        Assert.Equal(60, world.Token(Tag).Places.Length);
    }

    [Fact]
    public void Whatever_is_lost_on_the_way_all_know_what_runs_when_the_clock_has_told_again() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[1, 9]).Sample((seed, loses) =>
        {
            var chance = new Random(seed);
            var world = new World(note => note is NoteTransactionBegan or NoteTransactionEnded or HoldPlace or ReleasePlace
                or ConfirmBegin or ConfirmClose && chance.Next(10) < loses);
            world.Send(Define("TAG", maxConcurrent: 9));
            TransactionId[] all = [.. Enumerable.Range(1, 4).Select(n => new TransactionId(Cp1, $"tx-{n}"))];
            foreach (var id in all)
            {
                var at = Noon.AddMinutes(int.Parse(id.LocalId[3..], System.Globalization.CultureInfo.InvariantCulture));
                var place = ((Judged)world.Send(new Admit(Tag, $"{id}", at))!).Verdict;
                world.Send(Step(StepKind.Began, 0, place) with { Id = id, ArrivedAt = at, Connector = new ConnectorId(id.LocalId[3] - '0', 1) });
                if (chance.Next(2) == 0) world.Send(Step(StepKind.Ended, 1) with { Id = id, ArrivedAt = at });
            }

            for (var round = 0; round < 200; round++)
            {
                foreach (var id in all)
                    foreach (var reason in new[] { Untold.Begin, Untold.Place, "untold-close" })
                        world.Send(new WakeTransaction(id, reason, Noon.AddMinutes(10)));
            }

            var running = all.Where(id => world.Transaction(id) is Transaction.Running).Select(id => id.LocalId).Order();
            Assert.Equal(running, world.ChargePoint(Cp1).Open.Select(open => open.LocalId).Order());
            Assert.Equal(running, world.Token(Tag).Places.Select(place => place.Transaction?.LocalId ?? "nobody").Order());
        }, iter: 300);

    // Numbered by its charge point, and lost on its way to the transaction.
    private static TransactionId Ghost(World world)
    {
        world.ApplyAlone(Start(Cp1, 1, "TAG", 1_000));
        return new TransactionId(Cp1, Assert.Single(world.ChargePoint(Cp1).Open).LocalId);
    }

    private static void Wake(World world, string reason) =>
        world.Send(new WakeTransaction(Id, reason, Noon.AddSeconds(6)));

    private static ReportStep Step(StepKind kind, int number, Verdict? verdict = null) => new(
        Id, new ToldStep(kind, number, Noon.AddMinutes(number)), Noon.AddMinutes(number), new ConnectorId(1, 1),
        verdict is null ? null : "TAG", verdict, null, [], []);
}
