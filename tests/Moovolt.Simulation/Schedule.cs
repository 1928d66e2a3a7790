using System.Globalization;
using System.Text;
using Moovolt.Simulation.World;

namespace Moovolt.Simulation;

/// <summary>What came of one schedule.</summary>
/// <param name="Digest">The same for the same steps.</param>
/// <param name="Stored">How many events were stored.</param>
/// <param name="Report">The violations, the last steps, and how to run it again; null when all promises held.</param>
internal sealed record ScheduleResult(int Seed, ulong Digest, long Steps, int Stored, TimeSpan Lasted, string? Report);

/// <summary>Runs schedules.</summary>
internal static class Schedule
{
    private const string Project = "tests/Moovolt.Simulation";

    public static ScheduleResult Run(int seed, Mutant mutant = Mutant.None, Action<string>? listener = null)
    {
        var world = new SimulatedWorld(seed, mutant, listener);
        world.Run();
        return new ScheduleResult(
            seed, world.Loop.Digest, world.Loop.Steps, world.Journal.Rows.Count, world.Loop.Now,
            world.Violations.Count == 0 ? null : ReportOf(world));
    }

    private static string ReportOf(SimulatedWorld world)
    {
        var report = new StringBuilder();
        report.AppendLine(CultureInfo.InvariantCulture, $"Seed {world.Seed}:");
        foreach (var violation in world.Violations) report.AppendLine(CultureInfo.InvariantCulture, $"  {violation}");
        report.AppendLine("The last steps:");
        foreach (var step in world.LastSteps) report.AppendLine(CultureInfo.InvariantCulture, $"  {step}");
        report.AppendLine("All of them again:");
        report.AppendLine(CultureInfo.InvariantCulture,
            $"  MOOVOLT_SIMULATION_SEED={world.Seed} dotnet test {Project} --filter FullyQualifiedName~Replay");
        return report.ToString();
    }
}
