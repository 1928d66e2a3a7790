using CsCheck;

namespace Moovolt.Simulator.Tests;

public sealed class PartsSpec
{
    [Fact]
    public void A_meter_loses_no_fraction_however_its_time_is_cut() =>
        Gen.Select(Gen.Int[1, 350_000], Gen.Int[0, 60_000].List[0, 50]).Sample((watts, steps) =>
        {
            var meter = new Meter(1_000, watts);
            foreach (var step in steps) meter.Run(TimeSpan.FromMilliseconds(step));
            Assert.Equal(1_000 + steps.Sum(step => (long)step) * watts / 3_600_000, meter.WattHours);
        });

    [Fact]
    public void A_clock_never_says_the_same_time_twice()
    {
        var clock = new ChargerClock();
        var times = Enumerable.Range(0, 1_000).Select(_ => ChargerClock.Print(clock.Next())).ToArray();

        Assert.Equal(times.Order(StringComparer.Ordinal).Distinct(), times);
    }

    [Fact]
    public void A_quantile_is_never_too_low_and_at_most_two_hundredths_too_high() =>
        Gen.Int[1, 5_000_000].Array[1, 500].Sample(durations =>
        {
            var histogram = new Histogram();
            foreach (var microseconds in durations) histogram.Record(TimeSpan.FromMicroseconds(microseconds));
            var exact = durations.Order().ElementAt((int)Math.Ceiling(durations.Length * 0.99) - 1) / 1000.0;
            var told = histogram.Read();

            Assert.InRange(told.P99Ms, exact, exact * 1.02);
            Assert.Equal(durations.Length, told.Count);
            Assert.Equal(durations.Max() / 1000.0, told.MaxMs);
        });

    [Fact]
    public void A_back_off_doubles_so_many_times_and_no_more()
    {
        var backOff = new BackOff { Minimum = TimeSpan.FromSeconds(1), RandomRange = TimeSpan.Zero, Doublings = 2 };
        var random = new Random(1);

        Assert.Equal([1, 2, 4, 4], Enumerable.Range(0, 4).Select(failures => (int)backOff.After(failures, random).TotalSeconds));
    }

    [Theory]
    [InlineData("500ms", 500)]
    [InlineData("60s", 60_000)]
    [InlineData("1.5m", 90_000)]
    [InlineData("1h", 3_600_000)]
    [InlineData("7", 7_000)]
    [InlineData("soon", null)]
    [InlineData("-1s", null)]
    [InlineData("1y", null)]
    public void Durations_are_written_as_people_write_them(string text, int? milliseconds)
    {
        var understood = Durations.TryParse(text, out var duration);

        Assert.Equal(milliseconds, understood ? (int)duration.TotalMilliseconds : null);
    }

    [Theory]
    [InlineData("--chargers many", "'many'")]
    [InlineData("--chargers 0", "The number of chargers must be between 1 and 100000.")]
    [InlineData("--idle --closed-loop", "--idle and --closed-loop exclude each other.")]
    [InlineData("--ramp soon", "\"soon\" is no duration: write 500ms, 60s, 5m or 1h.")]
    [InlineData("--url nowhere", "\"nowhere\" is no address.")]
    [InlineData("--url http://127.0.0.1/ocpp", "must begin with ws:// or wss://")]
    [InlineData("--protocols 1.6,1.5", "\"1.5\" is no version that is spoken here: write 1.6, 2.0.1 or 2.1.")]
    [InlineData("--connectors 0", "--connectors must be between 1 and 100.")]
    [InlineData("--meter-every 0s", "--meter-every must be above 0.")]
    [InlineData("--sessions 0", "--sessions must be above 0.")]
    [InlineData("--duplicates 2", "--duplicates must be between 0 and 1.")]
    [InlineData("--rate 0", "The rate must be above 0 messages per second.")]
    [InlineData("--register http://127.0.0.1:1", "--register needs --operator-key.")]
    [InlineData("--register http://127.0.0.1:1 --operator-key k", "127.0.0.1:1")]
    [InlineData("--ledger /no/such/folder/ledger.jsonl", "The ledger /no/such/folder/ledger.jsonl cannot be written")]
    [InlineData("--no-such-option", "--no-such-option")]
    public async Task A_bad_argument_ends_the_program_with_a_sentence(string arguments, string says)
    {
        using var complaints = new StringWriter();
        Assert.Equal(1, await CommandLine.Run(arguments.Split(' '), complaints).WaitAsync(Scene.Patience));
        Assert.Contains(says, complaints.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Good_arguments_run_a_fleet_and_end_with_zero()
    {
        await using var server = await CannedServer.Start();
        using var complaints = new StringWriter();
        var arguments = $"--url {server.Address} --chargers 3 --closed-loop --sessions 2 --json".Split(' ');

        Assert.Equal(0, await CommandLine.Run(arguments, complaints).WaitAsync(Scene.Patience));
        Assert.Equal("", complaints.ToString());
        Assert.Equal(6, server.Of("StopTransaction").Count());
    }

    [Fact]
    public async Task A_fleet_speaks_the_versions_that_are_named_in_turn()
    {
        await using var server = await CannedServer.Start();
        using var complaints = new StringWriter();
        var arguments = $"--url {server.Address} --chargers 6 --protocols 1.6,2.0.1,2.1 --closed-loop --sessions 1 --json".Split(' ');

        Assert.Equal(0, await CommandLine.Run(arguments, complaints).WaitAsync(Scene.Patience));
        Assert.Equal("", complaints.ToString());
        Assert.Equal(
            ["ocpp1.6", "ocpp2.0.1", "ocpp2.1", "ocpp1.6", "ocpp2.0.1", "ocpp2.1"],
            server.Of("BootNotification").OrderBy(boot => boot.Station, StringComparer.Ordinal).Select(boot => boot.Protocol));
    }
}
