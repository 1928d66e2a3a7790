using System.Diagnostics;
using System.Globalization;
using Moovolt.Simulation.World;
using Xunit.Abstractions;

namespace Moovolt.Simulation;

/// <summary>The promises, over schedules that nobody thought of.</summary>
public sealed class SimulationSpec(ITestOutputHelper output)
{
    private const int FirstSeed = 1;
    private const int Schedules = 400;
    private const int ToReport = 3;

    /// <summary>Fewer prove too little, however slow the machine: they are run all the same, and counted.</summary>
    private const int AtLeast = 200;

    // Whatever the machine, the ordinary suite goes on after this, once it has run as many as it must.
    private static readonly TimeSpan AtMost = TimeSpan.FromSeconds(20);

    [Fact]
    public void No_schedule_breaks_a_promise()
    {
        var seconds = Environment.GetEnvironmentVariable("MOOVOLT_SIMULATION_SECONDS");
        var longer = seconds is null
            ? (TimeSpan?)null
            : TimeSpan.FromSeconds(int.Parse(seconds, CultureInfo.InvariantCulture));
        var first = longer is null ? FirstSeed : Random.Shared.Next(1_000_000);
        var failures = new List<string>();
        var before = Environment.CpuUsage.TotalTime;
        var watch = Stopwatch.StartNew();
        var (count, steps, stored, lasted) = (0, 0L, 0L, TimeSpan.Zero);
        bool IsTimeFor(int next) => longer is { } limit
            ? watch.Elapsed < limit
            : next < Schedules && watch.Elapsed < AtMost;
        while (count < AtLeast || IsTimeFor(count))
        {
            var result = Schedule.Run(first + count);
            if (result.Report is { } report && failures.Count < ToReport) failures.Add(report);
            count++;
            (steps, stored, lasted) = (steps + result.Steps, stored + result.Stored, lasted + result.Lasted);
        }

        output.WriteLine(
            $"{count} schedules from seed {first}, {steps} steps, {stored} events stored, "
            + $"{lasted.TotalHours:F0} hours of virtual time in {watch.Elapsed.TotalSeconds:F1} s: "
            + $"{count / watch.Elapsed.TotalMinutes:F0} schedules a minute, "
            + $"or {count / (Environment.CpuUsage.TotalTime - before).TotalMinutes:F0} a minute of processor time.");
        Assert.True(failures.Count == 0, string.Join("\n\n", failures));
        Assert.InRange(count, AtLeast, int.MaxValue);
    }

    [Theory]
    [InlineData(11)]
    [InlineData(12)]
    public void One_seed_is_one_schedule(int seed)
    {
        var (first, second) = (Schedule.Run(seed), Schedule.Run(seed));

        output.WriteLine($"seed {seed}: {first.Digest:x16}, {first.Steps} steps, {first.Stored} events stored");
        Assert.Equal(first, second);
        Assert.NotEqual(first.Digest, Schedule.Run(seed + 1).Digest);
    }

    /// <summary>Runs the seed of MOOVOLT_SIMULATION_SEED, or the first one, and says all that happens in it.</summary>
    [Fact]
    public void Replay()
    {
        var said = Environment.GetEnvironmentVariable("MOOVOLT_SIMULATION_SEED");
        var seed = said is null ? FirstSeed : int.Parse(said, CultureInfo.InvariantCulture);
        var mutant = Enum.Parse<Mutant>(
            Environment.GetEnvironmentVariable("MOOVOLT_SIMULATION_MUTANT") ?? nameof(Mutant.None));

        var result = Schedule.Run(seed, mutant, said is null ? null : output.WriteLine);

        output.WriteLine($"{result.Steps} steps, {result.Stored} events stored, digest {result.Digest:x16}");
        Assert.True(result.Report is null, result.Report);
    }
}
