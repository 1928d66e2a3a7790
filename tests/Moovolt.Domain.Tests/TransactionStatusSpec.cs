using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>A charger that can be asked about its transactions (OCPP 2.0.1, E14) is asked before anything is concluded.</summary>
public sealed class TransactionStatusSpec
{
    private static readonly TransactionId Id = new(Cp1, "b7d1");

    private readonly World _world = new();

    public TransactionStatusSpec()
    {
        _world.Send(Open(Cp1, "s-1") with { Protocol = "ocpp2.0.1" });
        _world.Send(Boot(Cp1, 1));
        Tells(0, StepKind.Began, 0, 1_000);
        Tells(1, StepKind.WentOn, 10, 1_400);
    }

    [Fact]
    public void A_transaction_that_is_heard_of_is_nothing_to_ask_about()
    {
        Wakes(60);

        Assert.Empty(Asked);
        Assert.Equal(Noon.AddMinutes(70), Assert.Single(_world.Stored<StopAwaited>()).Again);
    }

    [Fact]
    public void After_an_hour_of_silence_the_charger_is_asked_in_our_name_and_its_word_ends_it()
    {
        Wakes(70);
        var asked = Assert.Single(Asked);
        Assert.Equal(("moovolt", "b7d1"), (asked.RequestedBy, ((ReadTransactionStatus)asked.Request).LocalId));
        Assert.EndsWith("-Q1AtMQ", asked.RequestId, StringComparison.Ordinal); // CP-1 in base64url, as the bridge reads it

        Says(asked, ongoing: false, queued: false, minute: 71);
        var end = Assert.Single(_world.Stored<TransactionEnded>());
        Assert.Equal((true, new Energy(400), Noon.AddMinutes(10)), (end.Inferred, end.Delivered, end.At));
        Assert.Contains(_world.Stored<SuspicionRaised>(), odd => odd.Oddity.Code == "stop-inferred" && odd.Oddity.Detail.Contains("the charger says", StringComparison.Ordinal));
        Assert.Empty(_world.ChargePoint(Cp1).Open);

        Tells(2, StepKind.Ended, 65, 1_900); // it was wrong, or somebody mended it
        var real = Assert.IsType<Transaction.Ended>(_world.Transaction(Id)).End;
        Assert.Equal((false, new Energy(900)), (real.Inferred, real.Delivered));
    }

    [Theory]
    [InlineData(true, false)]
    [InlineData(false, true)]
    [InlineData(null, false)]
    public void What_goes_on_or_is_still_to_be_told_is_waited_for_and_asked_about_once_an_hour(bool? ongoing, bool queued)
    {
        Wakes(70);
        Says(Asked[0], ongoing, queued, 71);
        Assert.Equal(Noon.AddMinutes(131), _world.Stored<StopAwaited>()[^1].Again);
        for (var minute = 75; minute < 130; minute += 5) Wakes(minute);
        Assert.Single(Asked);

        Wakes(131);
        Assert.Equal(2, Asked.Length);
        Assert.Empty(_world.Stored<TransactionEnded>());
    }

    [Fact]
    public void What_is_missing_is_asked_about_and_not_again_when_it_will_not_be_told()
    {
        Tells(5, StepKind.WentOn, 20, 1_500);
        Wakes(25);
        Says(Assert.Single(Asked), ongoing: true, queued: false, minute: 25);
        Tells(6, StepKind.WentOn, 88, 2_000);
        Wakes(90);

        Assert.Single(Asked);
        Assert.IsType<Transaction.Running>(_world.Transaction(Id));
    }

    [Fact]
    public void A_charger_that_starts_anew_is_asked_about_what_it_had_open()
    {
        _world.Send(Open(Cp1, "s-2", minute: 15) with { Protocol = "ocpp2.0.1" });
        _world.Send(Boot(Cp1, 2) with { At = Noon.AddMinutes(15) });
        Assert.Single(Asked);

        _world.Send(Open(Cp1, "s-3", minute: 20) with { Protocol = "ocpp2.0.1" });
        _world.Send(Boot(Cp1, 3) with { At = Noon.AddMinutes(20) });
        Assert.Single(Asked); // not at every start of one that flaps
    }

    [Fact]
    public void A_charger_that_cannot_answer_leaves_it_to_the_usual_rules()
    {
        _world.Send(new ReportStatus(Cp1, 1, new ConnectorId(1, 1), new ConnectorStatus("Available", "NoError"), Noon.AddMinutes(12), Noon.AddMinutes(12)));
        Wakes(30);
        _world.Send(new AnswerRequest(
            Cp1, 1, Assert.Single(Asked).RequestId, new StationAnswer(RequestState.Failed, null, "NotImplemented"), Noon.AddMinutes(31)));
        Assert.Empty(_world.Stored<TransactionEnded>());

        Wakes(36);
        Assert.True(Assert.Single(_world.Stored<TransactionEnded>()).Inferred);
    }

    [Fact]
    public void What_we_number_ourselves_is_never_asked_about()
    {
        var numbered = ((Began)_world.Send(Start(Cp1, 2, "TAG", 1_000))!).Id;
        _world.Send(new WakeTransaction(numbered, "stop-missing", Noon.AddHours(7)));
        _world.Send(Open(Cp1, "s-2") with { Protocol = "ocpp2.0.1" });
        _world.Send(Boot(Cp1, 2));

        Assert.DoesNotContain(Asked, asked => ((ReadTransactionStatus)asked.Request).LocalId == numbered.LocalId);
    }

    private StationRequested[] Asked => [.. _world.Stored<StationRequested>()];

    private void Wakes(int minute) => _world.Send(new WakeTransaction(Id, "stop-missing", Noon.AddMinutes(minute)));

    private void Tells(int number, StepKind kind, int minute, long register) => _world.Send(new ReportStep(
        Id, new ToldStep(kind, number, Noon.AddMinutes(minute)), Noon.AddMinutes(minute), new ConnectorId(1, 1), null, null, null,
        [Sample(register, minute)], []));

    private void Says(StationRequested asked, bool? ongoing, bool queued, int minute) => _world.Send(new AnswerRequest(
        Cp1, 1, asked.RequestId,
        new StationAnswer(RequestState.Accepted, Outcome: new TransactionStatusRead("b7d1", ongoing, queued)), Noon.AddMinutes(minute)));
}
