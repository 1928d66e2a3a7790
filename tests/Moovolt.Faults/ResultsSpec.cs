using Moovolt.Faults.Run;
using Xunit;

namespace Moovolt.Faults;

/// <summary>
/// What is kept in the repository: each fault of the plan has its line, made under its load on sources that are in a
/// commit, with nothing lost, doubled or off, and its picture beside it. A red test here says which fault to run again.
/// </summary>
public sealed class ResultsSpec
{
    [Fact]
    public void Each_fault_of_the_plan_has_a_line_in_which_all_was_kept() =>
        Assert.Empty(ResultTable.Flaws(ResultTable.Read()));
}
