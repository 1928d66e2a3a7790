using CsCheck;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>How a charger's clock runs, learnt from what is stored in any case.</summary>
public sealed class ClockSkewSpec
{
    private readonly World _world = new();
    private int _said;

    [Fact]
    public void Two_messages_that_agree_make_an_estimate_and_a_third_costs_no_event()
    {
        Says(-10_800, 0);
        Assert.Empty(_world.Stored<ClockSkewEstimated>());
        Says(-10_801, 1);
        Says(-10_799, 2);

        Assert.Equal(-10_800, Assert.Single(_world.Stored<ClockSkewEstimated>()).Seconds);
    }

    /// <summary>
    /// What is told late looks as if the clock were behind: it never outweighs what is told at once. (Told equally late a
    /// minute on, it is a clock that was set: OldStatusSpec.)
    /// </summary>
    [Fact]
    public void Delays_do_not_make_a_clock_wrong() =>
        Gen.Select(Gen.Int[-20_000, 20_000], Gen.Int[1, 150].ArrayUnique[0, 6], Gen.Int[0, 1_000]).Sample((skew, delays, seed) =>
        {
            var world = new ClockSkewSpec();
            var differences = delays.Select(delay => skew - (delay * 61)).Concat([skew, skew - 2]).ToArray();
            new Random(seed).Shuffle(differences);
            for (var i = 0; i < differences.Length; i++) world.Says(differences[i], i);

            Assert.InRange(world._world.ChargePoint(Cp1).Clock!.Seconds!.Value, skew - 32, skew);
        }, iter: 1_000);

    [Fact]
    public void A_start_by_a_clock_that_is_behind_is_no_history_and_says_so()
    {
        _world.Send(Open(Cp1, "s-1"));
        Says(-10_800, 0);
        Says(-10_800, 1);
        var began = Began(new DateTimeOffset(Noon.AddMinutes(2).AddSeconds(-10_800).UtcTicks, TimeSpan.Zero));

        Assert.False(began.Replayed);
        Assert.Equal(-10_800, began.ClockSkewSeconds);
        Assert.Equal("clock-skewed", Assert.Single(_world.Stored<SuspicionRaised>()).Oddity.Code);
    }

    [Fact]
    public void A_start_from_before_the_connection_is_history()
    {
        _world.Send(Open(Cp1, "s-1"));
        Assert.True(Began(Noon.AddMinutes(-3)).Replayed);
    }

    private TransactionBegan Began(DateTimeOffset at)
    {
        _world.Send(Start(Cp1, 1, "TAG", 1_000) with { At = at, ArrivedAt = Noon.AddMinutes(2) });
        return Assert.Single(_world.Stored<TransactionBegan>());
    }

    private void Says(int seconds, int minute) => _world.Send(new ReportStatus(
        Cp1, 0, new(1, 1), new ConnectorStatus($"Status {_said++}", "NoError"), Noon.AddMinutes(minute).AddSeconds(seconds),
        Noon.AddMinutes(minute)));
}
