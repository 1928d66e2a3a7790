using CsCheck;
using Moovolt.Domain.Transactions;
using Xunit;
using static Moovolt.Domain.Tests.Words;

namespace Moovolt.Domain.Tests;

/// <summary>What a transaction came to, whatever its meter says.</summary>
public sealed class ReckoningSpec
{
    private static readonly TransactionId Id = new(Cp1, "17");

    private static readonly Gen<long?> Registers = Gen.OneOf(
        Gen.Long[0, long.MaxValue].Select(register => (long?)register),
        Gen.Long[0, 20_000].Select(register => (long?)register),
        Gen.Const((long?)null));

    [Theory]
    [InlineData(" 1234 ", 1234)]
    [InlineData("1 234,5", 1234.5)]
    [InlineData("1.234,5", 1234.5)]
    [InlineData("1,234.5", 1234.5)]
    [InlineData("1'234'567", 1234567)]
    [InlineData("1.234.567", 1234567)]
    [InlineData("12,5", 12.5)]
    public void Numbers_are_read_as_they_are_meant(string text, double meant)
    {
        Assert.True(MeterText.TryRead(text, out var number));
        Assert.Equal((decimal)meant, number);
    }

    [Theory]
    [InlineData("")]
    [InlineData("n/a")]
    [InlineData("--")]
    [InlineData("1.2.3,4,5x")]
    [InlineData(",")]
    public void What_is_no_number_is_none(string text) => Assert.False(MeterText.TryRead(text, out _));

    /// <summary>Never negative, never the size of a meter's life, whatever comes and in whatever order.</summary>
    [Fact]
    public void Energy_is_never_negative_nor_of_a_meters_life() => Gen.Select(
        Registers, Registers, Gen.Long[0, long.MaxValue].List[0, 6], Gen.Int[0, 1_000])
        .Sample((start, stop, registers, seed) =>
        {
            var commands = registers.Select((register, minute) => (Command)Meter(Id, 1, register, minute)).ToArray();
            new Random(seed).Shuffle(commands);
            var world = new World();
            world.Send(Begin(Id, 0) with { MeterStart = start is { } from ? new Energy(from) : null });
            foreach (var command in commands) world.Send(command);
            world.Send(Stop(Id, 0) with { MeterStop = stop is { } to ? new Energy(to) : null });

            Assert.InRange(Assert.Single(world.Stored<TransactionEnded>()).Delivered.WattHours, 0, 1_000_000);
        }, iter: 3_000);

    /// <summary>A register that falls counts what it grew by, in whatever order its samples come.</summary>
    [Fact]
    public void A_reset_register_is_summed_piece_by_piece_in_any_order() => Gen.Shuffle(new[] { 1, 2, 3, 4 }).Sample(order =>
    {
        var world = new World();
        world.Send(Begin(Id, 8_000_000));
        long[] shown = [8_002_000, 8_003_000, 0, 1_500];
        foreach (var n in order) world.Send(Meter(Id, 1, shown[n - 1], n * 10));
        world.Send(Stop(Id, 2_000));

        Assert.Equal(5_000, Assert.Single(world.Stored<TransactionEnded>()).Delivered.WattHours);
        var odd = Assert.Single(world.Stored<SuspicionRaised>());
        Assert.Equal(("register-reset", true), (odd.Oddity.Code, odd.Holds));
    });

    [Fact]
    public void A_sample_that_dips_once_changes_nothing()
    {
        var world = new World();
        world.Send(Begin(Id, 1_000));
        foreach (var (register, minute) in new[] { (2_000L, 10), (0L, 20), (3_000L, 30) }) world.Send(Meter(Id, 1, register, minute));
        world.Send(Stop(Id, 3_500));

        Assert.Equal(2_500, Assert.Single(world.Stored<TransactionEnded>()).Delivered.WattHours);
        Assert.Equal("register-dipped", Assert.Single(world.Stored<SuspicionRaised>()).Oddity.Code);
    }
}
