using System.Collections.Immutable;
using CsCheck;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>
/// A charger that numbers what it tells of a transaction, over a line that loses, repeats and reorders: what is heard
/// comes to what the charger's own record says, as far as it was heard, and what was not heard is said.
/// </summary>
public sealed class StepSpec
{
    private static readonly TransactionId Id = new(Cp1, "b7d1f3a0-tx");

    private static readonly Gen<Told[]> Records = Gen.Select(
        Gen.Int[0, 6], Gen.Int[0, 9], Gen.Bool, Gen.Bool, Gen.Int[1, 900], (updates, tokenAt, meterAtStart, copies, growth) =>
            Record(updates, Math.Min(tokenAt, updates), meterAtStart, copies, growth));

    [Fact]
    public void Whatever_the_order_and_however_often_a_record_comes_to_what_the_charger_has() =>
        Gen.Select(Records, Gen.Int[0, int.MaxValue]).Sample((record, seed) =>
        {
            var world = Hear(Shuffled(record, seed, repeats: 2));

            var ended = Assert.IsType<Transaction.Ended>(world.Transaction(Id));
            Assert.Equal(record[^1].Register - record[0].Register, ended.End.Delivered.WattHours);
            Assert.Equal((record[0].At, record[^1].At), (ended.Began.At, ended.End.At));
            Assert.Equal((new Energy(record[0].Register), new Energy(record[^1].Register)), (ended.Began.MeterStart, ended.End.MeterStop));
            Assert.Equal(("TAG", new ConnectorId(2, 1)), (ended.Began.Token, ended.Began.Connector));
            Assert.True(ended.Told.Numbers.SequenceEqual(Enumerable.Range(0, record.Length)));
            Assert.Equal(
                record.Select(told => new RegisterSeen(told.At, new Energy(told.Register))), ended.Meter.Until(record[^1].At));
            Assert.Empty(ended.Told.Gaps());
            Assert.Empty(Annotations(world));
            Assert.False(ended.Began.Inferred);
            Assert.Equal(record.Length, world.Stored<SamplesRecorded>().Length); // each once
            Assert.Empty(world.ChargePoint(Cp1).Open);
            Assert.Empty(world.Token(new TokenId("TAG")).Places);
        }, iter: 2_000);

    [Fact]
    public void What_is_lost_changes_nothing_that_the_rest_proves_and_is_said() =>
        Gen.Select(Records.Where(record => record.Length > 2), Gen.Int[0, int.MaxValue]).Sample((record, seed) =>
        {
            var chance = new Random(seed);
            Told[] kept = [record[0], .. record[1..^1].Where(_ => chance.Next(2) == 0), record[^1]];
            var world = Hear(Shuffled(kept, seed, repeats: 1));

            var ended = Assert.IsType<Transaction.Ended>(world.Transaction(Id));
            Assert.Equal(record[^1].Register - record[0].Register, ended.End.Delivered.WattHours);
            Assert.Equal(kept.Length < record.Length ? ["steps-missing"] : [], Annotations(world));
        }, iter: 2_000);

    [Fact]
    public void Whatever_is_lost_every_number_of_it_is_named_and_nothing_is_counted_that_nobody_has_proven() =>
        Gen.Select(Records, Gen.Int[0, int.MaxValue]).Sample((record, seed) =>
        {
            var chance = new Random(seed);
            Told[] kept = [.. record.Where(_ => chance.Next(3) > 0)];
            if (kept.Length == 0) return;
            var world = Hear(Shuffled(kept, seed, repeats: 2));
            var state = world.Transaction(Id);

            var lost = Enumerable.Range(0, kept[^1].Number).Except(kept.Select(told => told.Number)).ToArray();
            Assert.Equal(lost, Named(state.Told.Gaps()));
            Assert.Equal(lost, Named(Shown(world)));
            if (state is not Transaction.Ended { End: var end }) return;
            var proven = kept.SelectMany(told => told.ToCommand(null).Samples).Select(sample => sample.Register()!.Value.WattHours).ToArray();
            Assert.Equal(proven.Max() - proven.Min(), end.Delivered.WattHours);
            Assert.InRange(end.Delivered.WattHours, 0, record[^1].Register - record[0].Register);
        }, iter: 3_000);

    [Fact]
    public void Of_many_gaps_all_are_kept_and_a_sentence_names_the_first()
    {
        var world = Hear(Record(updates: 30, tokenAt: 0, meterAtStart: true, copies: false, growth: 10).Where(told => told.Number % 2 == 0));

        Assert.Equal(15, Shown(world).Length);
        Assert.EndsWith("step 15, and more.", world.Stored<SuspicionRaised>()[^1].Oddity.Detail, StringComparison.Ordinal);
    }

    [Fact]
    public void Any_part_of_a_record_comes_to_the_same_in_any_order() =>
        Gen.Select(Records, Gen.Int[0, int.MaxValue]).Sample((record, seed) =>
        {
            var chance = new Random(seed);
            Told[] kept = [.. record.Where(_ => chance.Next(3) > 0)];
            if (kept.Length == 0) return;

            Assert.Equal(Story(Hear(kept)), Story(Hear(Shuffled(kept, seed, repeats: 1))));
        }, iter: 3_000);

    [Fact]
    public void Without_its_beginning_a_transaction_is_known_and_only_what_is_proven_is_counted()
    {
        var record = Record(updates: 3, tokenAt: 1, meterAtStart: true, copies: false, growth: 500);
        var world = Hear(record[1..]);

        var ended = Assert.IsType<Transaction.Ended>(world.Transaction(Id));
        Assert.True(ended.Began.Inferred);
        Assert.Equal(record[^1].Register - record[1].Register, ended.End.Delivered.WattHours);
        Assert.Equal(["meter-start-missing", "steps-missing"], Annotations(world));
        Assert.Contains(world.Stored<SuspicionRaised>(), odd => odd.Holds);

        world.Send(record[0].ToCommand(null)); // and then it comes
        Assert.Empty(Annotations(world));
        Assert.False(world.Stored<SuspicionSettled>()[^1].StillHeld);
        Assert.Equal(record[^1].Register - record[0].Register, Assert.IsType<Transaction.Ended>(world.Transaction(Id)).End.Delivered.WattHours);
    }

    [Fact]
    public void A_number_that_is_used_twice_loses_nothing_and_is_said()
    {
        var record = Record(updates: 1, tokenAt: 0, meterAtStart: true, copies: false, growth: 500)
            .Select(told => told with { Number = 0 }).ToArray();
        var world = Hear(record);

        Assert.Equal(record[^1].Register - record[0].Register, Assert.IsType<Transaction.Ended>(world.Transaction(Id)).End.Delivered.WattHours);
        Assert.Equal(["step-contradicted"], Annotations(world));
    }

    [Fact]
    public void A_second_end_that_says_more_about_the_beginning_leaves_the_end_as_it_was()
    {
        var begin = new Told(0, StepKind.Began, Noon, 1_000, null, true);
        var end = begin with { Number = 2, Kind = StepKind.Ended, At = Noon.AddMinutes(9), Register = 1_400 };
        var world = Hear([begin, end]);
        world.Send((end with { Number = 3, At = Noon.AddMinutes(10) }).ToCommand(null) with { Reservation = 7 });

        // Whoever shows it begins anew with a beginning that is told again: the end has to follow.
        var told = world.Stored<TransactionEvent>().Where(e => e is TransactionBegan or TransactionEnded).ToArray();
        Assert.Equal(7, Assert.IsType<TransactionBegan>(told[^2]).Reservation);
        var over = Assert.IsType<TransactionEnded>(told[^1]);
        var kept = Assert.IsType<Transaction.Ended>(world.Transaction(Id)).End;
        Assert.Equal((400, end.At, end.At), (over.Delivered.WattHours, over.At, kept.At));
    }

    [Fact]
    public void Two_steps_of_one_number_kind_and_time_that_say_something_else_are_both_kept_and_each_once()
    {
        var step = new Told(1, StepKind.WentOn, Noon.AddMinutes(5), 1_200, null, true);
        var other = step with { Register = 1_900, Token = "TAG" };
        var world = Hear([new Told(0, StepKind.Began, Noon, 1_000, null, true), step, other, step, other]);

        Assert.Equal(3, world.Stored<SamplesRecorded>().Length);
        Assert.Equal("TAG", Assert.IsType<Transaction.Running>(world.Transaction(Id)).Began.Token);
        Assert.Equal(["step-contradicted"], Annotations(world));
        Assert.Equal(new Reply.Repeated(), world.Send(step.ToCommand(null) with { ArrivedAt = Noon.AddHours(1) }));
        Assert.Equal(new Reply.Repeated(), world.Send(step.ToCommand(null) with
        {
            Step = new ToldStep(StepKind.WentOn, 1, step.At, Offline: true), // told once more, out of its memory
        }));
    }

    [Fact]
    public void What_was_stored_before_its_content_was_remembered_stands_for_whatever_it_said()
    {
        var step = new Told(1, StepKind.WentOn, Noon.AddMinutes(5), 1_200, null, true).ToCommand(null);
        var old = Transaction.Apply(
            Transaction.Initial, new SamplesRecorded(Id, step.Samples, Noon, null, step.Step));

        Assert.IsType<Reply.Repeated>(Transaction.Decide(old, step).Reply);
        Assert.IsType<Reply.Repeated>(Transaction.Decide(old, step with { Token = "TAG" }).Reply);
    }

    [Fact]
    public void Who_charges_may_be_told_later_and_who_stops_it_is_somebody_else()
    {
        var world = new World();
        var begin = new Told(0, StepKind.Began, Noon, 1_000, null, true);
        world.Send(begin.ToCommand(null));
        Assert.Equal("", Assert.Single(world.ChargePoint(Cp1).Open).Token);

        world.Send((begin with { Number = 1, Kind = StepKind.WentOn, At = Noon.AddMinutes(1), Token = "A" }).ToCommand(Verdict.Accepted));
        Assert.Equal("A", Assert.Single(world.ChargePoint(Cp1).Open).Token);

        world.Send((begin with { Number = 2, Kind = StepKind.Ended, At = Noon.AddMinutes(9), Token = "B", Register = 1_400 }).ToCommand(Verdict.Accepted));
        var ended = Assert.IsType<Transaction.Ended>(world.Transaction(Id));
        Assert.Equal(("A", "B"), (ended.Began.Token, ended.End.Token));
        Assert.Equal(["stopped-by-stranger"], Annotations(world));
    }

    [Fact]
    public void A_limited_token_has_its_place_until_the_end_whenever_it_was_named()
    {
        var world = new World();
        world.Send(Define("TAG", maxConcurrent: 1));
        var record = Record(updates: 2, tokenAt: 1, meterAtStart: true, copies: false, growth: 500);
        foreach (var told in record[..^1]) Tell(world, told);

        Assert.Equal(Id, Assert.Single(world.Token(new TokenId("TAG")).Places).Transaction);
        Assert.Equal(AuthorizationStatus.ConcurrentTx, Admitted(world, new Admit(new TokenId("TAG"), "CP-2/x", Noon)).Status);

        Tell(world, record[^1]);
        Assert.Empty(world.Token(new TokenId("TAG")).Places);
        Assert.Empty(world.ChargePoint(Cp1).Open);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public void The_place_of_a_token_that_was_named_too_early_is_given_back_and_the_other_one_kept(bool firstRefusalIsLost)
    {
        var lost = firstRefusalIsLost;
        var world = new World(note => lost && note is ReleasePlace);
        world.Send(Define("TAG", maxConcurrent: 1));
        world.Send(Define("EARLIER", maxConcurrent: 1));
        Tell(world, new Told(2, StepKind.WentOn, Noon.AddMinutes(20), 1_400, "TAG", true));
        Tell(world, new Told(1, StepKind.WentOn, Noon.AddMinutes(10), 1_200, "EARLIER", true));

        Assert.Equal(Id, Assert.Single(world.Token(new TokenId("EARLIER")).Places).Transaction);
        Assert.Equal(lost ? 1 : 0, world.Token(new TokenId("TAG")).Places.Length);

        lost = false;
        Tell(world, new Told(3, StepKind.Ended, Noon.AddMinutes(30), 1_500, null, true));
        Assert.Empty(world.Token(new TokenId("EARLIER")).Places);
        Assert.Empty(world.Token(new TokenId("TAG")).Places);
        world.Send(new WakeTransaction(Id, "untold-close", Noon.AddHours(1)));
        Assert.Empty(Assert.IsType<Transaction.Ended>(world.Transaction(Id)).Untold);
    }

    [Fact]
    public void Of_tokens_that_took_each_others_place_none_keeps_one_whatever_gets_lost() =>
        Gen.Select(Gen.Int[0, int.MaxValue], Gen.Int[0, 7]).Sample((seed, loses) =>
        {
            var chance = new Random(seed);
            var world = new World(note =>
                note is ReleasePlace or ConfirmClose or HoldPlace or NoteTransactionEnded && chance.Next(10) < loses);
            string[] tokens = ["A", "B", "C"];
            foreach (var token in tokens) world.Send(Define(token, maxConcurrent: 2));
            Told[] record = [.. Enumerable.Range(0, 6).Select(n => new Told(
                n, n == 0 ? StepKind.Began : n == 5 ? StepKind.Ended : StepKind.WentOn, Noon.AddMinutes(n),
                1_000 + n, chance.Next(2) == 0 ? null : tokens[chance.Next(3)], true))];
            foreach (var told in Shuffled(record, seed, repeats: 2)) Tell(world, told);
            for (var round = 0; round < 200; round++)
                world.Send(new WakeTransaction(Id, "untold-close", Noon.AddHours(1)));

            Assert.DoesNotContain(ClosingParty.Token, Assert.IsType<Transaction.Ended>(world.Transaction(Id)).Untold);
            Assert.All(tokens, token => Assert.DoesNotContain(
                world.Token(new TokenId(token)).Places, place => place.Transaction is not null));
        }, iter: 500);

    [Fact]
    public void A_wish_to_start_is_effective_by_its_number_whatever_the_token_is_called()
    {
        var world = new World();
        world.Send(Open(Cp1, "s1"));
        world.Send(Boot(Cp1, 1));
        world.Send(Ask(Cp1, "r1") with { Request = new StartCharging("CARD", null) });
        world.Send(new AnswerRequest(Cp1, 1, "r1", new StationAnswer(RequestState.Accepted), Noon));
        var begun = new Told(0, StepKind.Began, Noon, 1_000, "other", true).ToCommand(Verdict.Accepted);

        world.Send(begun with { RemoteStart = 7 });
        Assert.Empty(world.Stored<StationRequestSettled>());

        world.Send(begun with { Id = new TransactionId(Cp1, "second"), RemoteStart = 1 });
        Assert.Equal(RequestState.Effective, Assert.Single(world.Stored<StationRequestSettled>()).State);
    }

    [Fact]
    public void A_later_start_on_the_same_evse_ends_the_one_whose_end_was_lost()
    {
        var world = new World();
        var begin = new Told(0, StepKind.Began, Noon, 1_000, null, true);
        world.Send(begin.ToCommand(null));
        world.Send((begin with { Number = 1, Kind = StepKind.WentOn, At = Noon.AddMinutes(5), Register = 1_300 }).ToCommand(null));
        world.Send((begin with { At = Noon.AddHours(1), Register = 1_500 }).ToCommand(null) with { Id = new TransactionId(Cp1, "next") });

        var ended = Assert.IsType<Transaction.Ended>(world.Transaction(Id));
        Assert.Equal((true, 300L), (ended.End.Inferred, ended.End.Delivered.WattHours));

        world.Send((begin with { Number = 2, Kind = StepKind.Ended, At = Noon.AddMinutes(50), Register = 1_480 }).ToCommand(null));
        ended = Assert.IsType<Transaction.Ended>(world.Transaction(Id));
        Assert.Equal((false, 480L), (ended.End.Inferred, ended.End.Delivered.WattHours));
        Assert.Equal("next", Assert.Single(world.ChargePoint(Cp1).Open).LocalId);
    }

    private static Told[] Record(int updates, int tokenAt, bool meterAtStart, bool copies, int growth)
    {
        Told[] record =
        [
            .. Enumerable.Range(0, updates + 2).Select(n => new Told(
                n,
                n == 0 ? StepKind.Began : n == updates + 1 ? StepKind.Ended : StepKind.WentOn,
                Noon.AddMinutes(n * 10),
                5_000_000 + (n * growth),
                n == tokenAt ? "TAG" : null,
                n > 0 || meterAtStart)),
        ];

        // Some chargers tell all samples once more at the end, the first among them; it is the only way to know the
        // start of those that tell no meter when they begin.
        if (copies || !meterAtStart) record[^1] = record[^1] with { Before = [.. record[..^1].Select(told => told.Sampled)] };
        return record;
    }

    private static World Hear(IEnumerable<Told> heard)
    {
        var world = new World();
        world.Send(Define("TAG", maxConcurrent: 3));
        foreach (var told in heard) Tell(world, told);
        return world;
    }

    private static void Tell(World world, Told told) => world.Send(told.ToCommand(told.Token is null
        ? null
        : Admitted(world, told.Kind == StepKind.Ended
            ? new Authorize(new TokenId(told.Token), told.At)
            : new Admit(new TokenId(told.Token), $"{Id}", told.At, new Outlet(Cp1, new ConnectorId(2, 1))))));

    private static Verdict Admitted(World world, Command question) => ((Judged)world.Send(question)!).Verdict; // is answered

    private static Told[] Shuffled(Told[] record, int seed, int repeats)
    {
        Told[] all = [.. Enumerable.Repeat(record, repeats).SelectMany(told => told)];
        new Random(seed).Shuffle(all);
        return all;
    }

    private static int[] Named(ImmutableArray<StepGap> gaps) =>
        [.. gaps.SelectMany(gap => Enumerable.Range(gap.From ?? 0, gap.To!.Value - (gap.From ?? 0) + 1))]; // all are numbered

    // What is said at last.
    private static ImmutableArray<StepGap> Shown(World world) => Annotations(world).Contains(StepsTold.Missing)
        ? world.Stored<SuspicionRaised>().Last(odd => odd.Oddity.Code == StepsTold.Missing).Gaps
        : [];

    // What people are shown, without the order in which it came to be.
    private static string Story(World world) => world.Transaction(Id) switch
    {
        Transaction.Ended s => $"{s.Began.At:O} {s.Began.MeterStart} {s.Began.Token} {s.Began.Connector} {s.Began.Inferred} "
            + $"{s.End.At:O} {s.End.MeterStop} {s.End.Delivered} {string.Join(',', Annotations(world))}",
        Transaction.Running s => $"{s.Began.At:O} {s.Began.MeterStart} {s.Began.Token} {s.Began.Connector} {s.Began.Inferred} "
            + $"{s.Meter.Last} {string.Join(',', Annotations(world))}",
        var other => $"{other}",
    };

    private static ImmutableSortedSet<string> Annotations(World world)
    {
        var codes = ImmutableSortedSet<string>.Empty;
        foreach (var happened in world.Journal)
        {
            codes = happened switch
            {
                SuspicionRaised e => codes.Add(e.Oddity.Code),
                SuspicionSettled e => codes.Remove(e.Code),
                _ => codes,
            };
        }

        return codes;
    }

    /// <summary>One line of the charger's own record.</summary>
    private sealed record Told(int Number, StepKind Kind, DateTimeOffset At, long Register, string? Token, bool TellsMeter)
    {
        public ImmutableArray<Sample> Before { get; init; } = [];

        public Sample Sampled => new(At, [new Reading(
            $"{Register}", Unit: "Wh", Context: Kind switch
            {
                StepKind.Began => "Transaction.Begin",
                StepKind.Ended => "Transaction.End",
                _ => "Sample.Periodic",
            })]);

        public ReportStep ToCommand(Verdict? verdict) => new(
            Id, new ToldStep(Kind, Number, At), At, new ConnectorId(2, Kind == StepKind.Began ? 0 : 1), Token, verdict, null,
            TellsMeter ? Before.Add(Sampled) : Before, []);
    }
}
