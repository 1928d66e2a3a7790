using Moovolt.Simulation.World;
using Xunit.Abstractions;

namespace Moovolt.Simulation;

/// <summary>That a defect would be found: each one is put in on purpose.</summary>
public sealed class MutantSpec(ITestOutputHelper output)
{
    private const int Schedules = 100;

    /// <param name="from">Which seed to begin with: some defects need a rare coincidence.</param>
    [Theory]
    [InlineData(Mutant.AnswersBeforeTheCommit, 1)]
    [InlineData(Mutant.NoUniqueKey, 1)]
    [InlineData(Mutant.StartsAreNotRecognised, 1)]
    [InlineData(Mutant.SamplesAreNotRecognised, 1)]
    [InlineData(Mutant.NoEpochCheck, 95)]
    [InlineData(Mutant.WishesAreSentTwice, 1)]
    [InlineData(Mutant.LosesRows, 1)]
    [InlineData(Mutant.Rounds, 1)]
    public void Every_defect_is_found(Mutant mutant, int from)
    {
        for (var seed = from; seed < from + Schedules; seed++)
        {
            if (Schedule.Run(seed, mutant).Report is not { } report) continue;
            output.WriteLine($"found by schedule {seed}: {report.Split('\n')[1].Trim()}");
            return;
        }

        Assert.Fail($"{mutant} goes unnoticed in {Schedules} schedules.");
    }
}
