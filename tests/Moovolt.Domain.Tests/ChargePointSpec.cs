using CsCheck;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

public sealed class ChargePointSpec
{
    [Fact]
    public void The_same_session_keeps_its_epoch_and_writes_nothing()
    {
        var world = new World();
        var first = (SessionOpen)world.Send(Open(Cp1, "s-1"))!;
        var again = (SessionOpen)world.Send(Open(Cp1, "s-1", first.Epoch))!;

        Assert.Equal(1, first.Epoch);
        Assert.Equal(first, again);
        Assert.Single(world.Journal);
    }

    [Fact]
    public void A_newer_socket_gets_the_next_epoch_and_the_older_one_is_closed()
    {
        var world = new World();
        world.Send(Open(Cp1, "s-1"));
        var second = (SessionOpen)world.Send(Open(Cp1, "s-2"))!;

        Assert.Equal(2, second.Epoch);
        Assert.Equal(new CloseSocket(1, SessionEnd.Replaced), Assert.Single(world.Deliveries));
        Assert.Equal(new Fenced(SessionEnd.Replaced), world.Send(Open(Cp1, "s-1", epoch: 1)));
    }

    [Fact]
    [Trait("sec", "SEC-21")]
    public void The_late_close_of_an_old_socket_changes_nothing()
    {
        var world = new World();
        world.Send(Open(Cp1, "s-1"));
        world.Send(Open(Cp1, "s-2"));
        world.Send(new CloseSession(Cp1, 1, "gone", Noon));

        Assert.Equal(2, world.ChargePoint(Cp1).Session!.Epoch);
    }

    [Fact]
    public void A_start_that_is_repeated_gets_the_same_number_for_ever()
    {
        var world = new World();
        var first = (Began)world.Send(Start(Cp1, 1, "TAG", 1_000))!;
        world.Send(Stop(first.Id, 2_000));
        world.Send(Start(Cp1, 1, "TAG", 2_000, minute: 70));
        var again = (Began)world.Send(Start(Cp1, 1, "TAG", 1_000))!;

        Assert.Equal(first, again);
        Assert.Equal(2, world.Stored<TransactionBegan>().Length);
    }

    [Fact]
    public void A_repeat_is_answered_with_the_verdict_of_the_first_time()
    {
        var world = new World();
        world.Send(Start(Cp1, 1, "TAG", 1_000, verdict: new Verdict(AuthorizationStatus.Blocked)));
        var again = (Began)world.Send(Start(Cp1, 1, "TAG", 1_000))!;

        Assert.Equal(AuthorizationStatus.Blocked, again.Verdict.Status);
    }

    [Fact]
    public void A_number_that_never_reached_its_transaction_reaches_it_with_the_repeat()
    {
        // Only the charge point's part happened before its node was lost.
        var numbered = ChargePoint.Decide(ChargePoint.Initial, Start(Cp1, 1, "TAG", 1_000));
        var state = numbered.Events.Aggregate(ChargePoint.Initial, ChargePoint.Apply);
        var repeated = ChargePoint.Decide(state, Start(Cp1, 1, "TAG", 1_000));

        Assert.Empty(repeated.Events);
        Assert.Equal(Assert.IsType<BeginTransaction>(numbered.Forward).Id, Assert.IsType<BeginTransaction>(repeated.Forward).Id);
    }

    [Fact]
    public void Numbers_are_positive_and_differ_from_charger_to_charger()
    {
        var world = new World();
        var one = ((Began)world.Send(Start(Cp1, 1, "TAG", 1_000))!).Id.LocalId;
        var other = ((Began)world.Send(Start(Cp2, 1, "TAG", 1_000))!).Id.LocalId;

        Assert.NotEqual(one, other);
        Assert.All([one, other], number => Assert.InRange(int.Parse(number, null), 1, int.MaxValue));
    }

    [Fact]
    public void The_stop_of_another_chargers_transaction_changes_nothing_there()
    {
        var world = new World();
        var mine = ((Began)world.Send(Start(Cp1, 1, "TAG", 1_000))!).Id;

        Assert.Equal(new Reply.Accepted(), world.Send(Stop(new TransactionId(Cp2, mine.LocalId), 9_999)));

        Assert.IsType<Transaction.Running>(world.Transaction(mine));
    }

    [Fact]
    public void A_stop_that_names_no_transaction_ends_the_open_one_of_its_token()
    {
        var world = new World();
        var began = (Began)world.Send(Start(Cp1, 1, "tag", 1_000))!;
        world.Send(Start(Cp1, 2, "OTHER", 1_000));

        world.Send(new PlaceStop(Cp1, "TAG", new Energy(3_000), "Local", Noon, Noon, [], [], "{}"));

        Assert.Equal(began.Id, Assert.Single(world.Stored<TransactionEnded>()).Id);
    }

    [Fact]
    public void A_stop_that_fits_nothing_is_kept_whole_and_once()
    {
        var world = new World();
        var stop = new PlaceStop(Cp1, "TAG", new Energy(3_000), "Local", Noon, Noon, [], [], """{"transactionId":-1}""");

        Assert.Equal(new Reply.Accepted(), world.Send(stop));
        Assert.Equal(new Reply.Repeated(), world.Send(stop));
        Assert.Equal(stop.Frame, Assert.Single(world.Stored<StopUnplaced>()).Frame);
    }

    [Fact]
    public void Stops_without_a_payload_are_told_apart_by_what_they_say()
    {
        var world = new World();
        var stop = new PlaceStop(Cp1, "TAG", new Energy(3_000), "Local", Noon, Noon, [], [], Frame: "");
        var other = stop with { At = Noon.AddMinutes(5) };

        Assert.Equal(new Reply.Accepted(), world.Send(stop));
        Assert.Equal(new Reply.Accepted(), world.Send(other));
        Assert.Equal(new Reply.Repeated(), world.Send(stop));
        Assert.Equal(2, world.Stored<StopUnplaced>().Length);

        var began = (Began)world.Send(Start(Cp1, 1, "TAG", 1_000, minute: 10))!;
        world.Send(stop with { At = Noon.AddMinutes(20) });
        Assert.Equal(began.Id, Assert.Single(world.Stored<TransactionEnded>()).Id);
    }

    [Fact]
    public void Samples_without_a_transaction_belong_to_what_is_open_on_their_connector()
    {
        var world = new World();
        var began = (Began)world.Send(Start(Cp1, 1, "TAG", 1_000))!;
        var samples = new PlaceSamples(Cp1, ConnectorId.Of16(1), null, [Sample(1_200, 5)], Noon, []);

        Assert.Equal(new Reply.Accepted(), world.Send(samples));
        Assert.Equal(new StationReading(), world.Send(samples with { Connector = ConnectorId.Of16(2) }));
        Assert.Equal(began.Id, Assert.Single(world.Stored<SamplesRecorded>()).Id);
    }

    [Fact]
    public void Samples_under_a_transaction_that_never_began_are_the_stations()
    {
        var world = new World();
        Assert.Equal(new StationReading(), world.Send(Meter(new TransactionId(Cp1, "4711"), 1, 5, 5)));
    }

    [Fact]
    public void An_unchanged_status_is_no_event()
    {
        var world = new World();
        var report = new ReportStatus(Cp1, 0, new ConnectorId(1, 1), new ConnectorStatus("Available", "NoError"), null, Noon);
        world.Send(report);

        Assert.Equal(new Reply.Repeated(), world.Send(report with { At = Noon.AddMinutes(1) }));
        Assert.Single(world.Stored<ConnectorStatusChanged>());
    }

    /// <summary>Two transactions at once on two connectors never mix, whatever order the messages come in.</summary>
    [Fact]
    public void A_dual_connector_charger_never_mixes_its_transactions()
    {
        var world = new World();
        var one = ((Began)world.Send(Start(Cp1, 1, "A", 1_000))!).Id;
        var two = ((Began)world.Send(Start(Cp1, 2, "B", 50_000))!).Id;
        Command[] story =
        [
            Meter(one, 1, 1_500, 5), Meter(two, 2, 50_500, 5), Meter(one, 1, 2_000, 9), Meter(two, 2, 51_000, 9),
            Stop(one, 2_222), Stop(two, 51_111), Start(Cp1, 1, "A", 1_000), Start(Cp1, 2, "B", 50_000),
        ];
        Gen.Shuffle(story).Array[1, 3].Sample(rounds =>
        {
            var copy = new World();
            copy.Send(Start(Cp1, 1, "A", 1_000));
            copy.Send(Start(Cp1, 2, "B", 50_000));
            foreach (var message in rounds.SelectMany(round => round)) copy.Send(message);

            var ended = copy.Stored<TransactionEnded>().ToDictionary(end => end.Id, end => end.Delivered.WattHours);
            Assert.Equal(new() { [one] = 1_222, [two] = 1_111 }, ended);
            Assert.Empty(copy.ChargePoint(Cp1).Open);
        }, iter: 2_000);
    }

    /// <summary>Epochs only grow, whatever sessions come, go, repeat themselves or come back from the dead.</summary>
    [Fact]
    public void No_epoch_is_ever_handed_out_twice()
    {
        Gen.Select(Gen.Int[0, 4], Gen.Int[0, 5], Gen.Bool).List[1, 40].Sample(steps =>
        {
            var world = new World();
            foreach (var (session, epoch, closes) in steps)
                world.Send(closes ? new CloseSession(Cp1, epoch, "gone", Noon) : Open(Cp1, $"s-{session}", epoch));

            var owners = world.Stored<SessionOpened>().GroupBy(opened => opened.Epoch)
                .Select(epoch => epoch.Select(opened => opened.Session).Distinct().Count());
            Assert.All(owners, count => Assert.Equal(1, count));
        }, iter: 2_000);
    }

    [Fact]
    public void What_is_not_said_of_a_charge_point_stays_whatever_stands_in_the_command()
    {
        var world = new World();
        var first = new RegisterChargePoint(
            Cp1, "Vaga 1", 1, 1, Registration.Pending, UnknownTokens.Accept, "maria", Noon, true, "acme", TimeZone: "America/Recife");
        world.Send(first);

        var standing = Assert.IsType<RegistrationStanding>(world.Send(new RegisterChargePoint(
            Cp1, "Vaga 2", 2, 2, Registration.Accepted, UnknownTokens.Refuse, "maria", Noon.AddMinutes(1),
            Said: RegistrationMembers.DisplayName)));

        Assert.Equal(
            new ChargePointRegistered(
                Cp1, "Vaga 2", 2, 2, Registration.Pending, UnknownTokens.Accept, "maria", Noon.AddMinutes(1), true, "acme",
                TimeZone: "America/Recife"),
            standing.Registered);
        Assert.True(Assert.IsType<Reply.Refused>(world.Send(first with { SeenAt = Noon })).Changed);
    }
}
