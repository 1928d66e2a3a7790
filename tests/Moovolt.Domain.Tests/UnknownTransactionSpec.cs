using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>A transaction that never began at the charger that names it, whoever's it is.</summary>
public sealed class UnknownTransactionSpec
{
    private readonly World _world = new();

    [Fact]
    [Trait("sec", "SEC-30")]
    public void Another_chargers_number_is_noted_of_who_names_it_and_touches_nothing_of_whose_it_is()
    {
        var theirs = Begun(Cp1);
        var before = (_world.ChargePoint(Cp1), _world.Transaction(theirs));
        var named = new TransactionId(Cp2, theirs.LocalId);

        Assert.IsType<StationReading>(_world.Send(Meter(named, 1, 9_000, 5)));
        Assert.Equal(new Reply.Accepted(), _world.Send(Stop(named, 9_999)));

        Assert.Equal(
            new UnknownTransactionNamed(Cp2, theirs.LocalId, Noon.AddMinutes(5)),
            Assert.Single(_world.Stored<UnknownTransactionNamed>()));
        Assert.Equal(before, (_world.ChargePoint(Cp1), _world.Transaction(theirs)));
    }

    [Fact]
    public void It_is_noted_too_when_what_was_said_is_given_to_a_transaction_of_its_own()
    {
        var mine = Begun(Cp2);
        _world.Send(Meter(new TransactionId(Cp2, "424242"), 1, 1_500, 5));
        _world.Send(Stop(new TransactionId(Cp2, "515151"), 2_000, token: "TAG"));

        Assert.Equal(["424242", "515151"], _world.Stored<UnknownTransactionNamed>().Select(named => named.LocalId));
        Assert.IsType<Transaction.Ended>(_world.Transaction(mine));
    }

    [Fact]
    public void One_number_in_every_message_is_noted_once_a_day()
    {
        for (var hour = 0; hour < 48; hour++) _world.Send(Meter(new TransactionId(Cp2, "999999"), 1, 9_000, 60 * hour));

        Assert.Equal([1, 2, 3], _world.Stored<UnknownTransactionNamed>().Select(named => named.At.Day));
    }

    [Fact]
    public void A_number_that_was_given_and_whose_beginning_was_lost_is_not_unknown()
    {
        _world.ApplyAlone(Start(Cp2, 1, "TAG", 1_000));
        var number = $"{Assert.Single(_world.ChargePoint(Cp2).Numbered).Number}";
        _world.Send(Meter(new TransactionId(Cp2, number), 1, 1_500, 5));

        Assert.Empty(_world.Stored<UnknownTransactionNamed>());
    }

    [Theory]
    [InlineData(StepKind.WentOn, true)]
    [InlineData(StepKind.Ended, true)]
    [InlineData(StepKind.Began, false)]
    public void An_id_that_chargers_choose_is_unknown_when_its_beginning_was_not_told(StepKind kind, bool unknown)
    {
        var id = new TransactionId(Cp2, "b7");
        foreach (var number in new[] { 1, 2 })
            _world.Send(new ReportStep(id, new ToldStep(kind, number, Noon), Noon, new ConnectorId(1, 1), null, null, null, [], []));

        Assert.Equal(unknown ? 1 : 0, _world.Stored<UnknownTransactionNamed>().Length);
    }

    private TransactionId Begun(ChargePointId id) => Assert.IsType<Began>(_world.Send(Start(id, 1, "TAG", 1_000))).Id;
}
