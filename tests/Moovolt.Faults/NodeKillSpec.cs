using Moovolt.Rig;
using Xunit;
using Xunit.Abstractions;

namespace Moovolt.Faults;

/// <summary>
/// A node is killed, and nothing that was acknowledged is lost or counted twice, whatever version its charger speaks.
/// MOOVOLT_FAULT_RUNS=5 for more.
/// </summary>
public sealed class NodeKillSpec(ITestOutputHelper output, Mutants mutants) : IClassFixture<Mutants>
{
    private static int Runs => int.TryParse(Environment.GetEnvironmentVariable("MOOVOLT_FAULT_RUNS"), out var runs) ? runs : 1;

    [SkippableFact]
    public async Task Nothing_acknowledged_is_lost_or_doubled_when_a_node_is_killed()
    {
        PostgresServer.Needed();
        for (var run = 0; run < Runs; run++)
        {
            var victim = Enum.GetValues<Victim>()[run % 3];
            var report = await new NodeKill(victim, Random.Shared.Next()).Run();
            output.WriteLine($"{report}");
            Assert.True(report.IsGood, $"{report}");
            Assert.True(report is { Acknowledged: >= 3_000, AroundKill: >= 300, Rate: >= 50, Reconnects: > 0 }, $"{report}");
        }
    }

    [SkippableTheory]
    [InlineData("reply-before-commit")]
    [InlineData("no-repeat-check")]
    public async Task A_product_that_is_broken_on_purpose_is_found_out(string mutant)
    {
        PostgresServer.Needed();
        var report = await new NodeKill(Victim.Another, Random.Shared.Next())
        {
            Program = (await mutants.Program()).Assembly,
            Mutant = mutant,
            StallBefore = TimeSpan.FromSeconds(1),
            AtLeast = 1_000,
        }.Run();
        output.WriteLine($"{mutant}: {report}");
        Assert.Equal(3, report.Versions.Count);
        Assert.All(report.Versions, version =>
            Assert.NotEmpty(mutant == "no-repeat-check" ? version.Verdict.Doubled : version.Verdict.Lost));
    }

    [SkippableFact]
    public async Task A_kill_while_commits_are_held_up_loses_nothing()
    {
        PostgresServer.Needed();
        var report = await new NodeKill(Victim.Another, Random.Shared.Next())
        {
            StallBefore = TimeSpan.FromSeconds(1),
            AtLeast = 1_000,
        }.Run();
        output.WriteLine($"{report}");
        Assert.True(report.IsGood, $"{report}");
    }
}
