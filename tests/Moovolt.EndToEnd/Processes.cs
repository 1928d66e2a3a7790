using Xunit;

// Each class has a node of its own, and one after another has the machine: side by side, on two cores, they starve each
// other.
[assembly: CollectionBehavior(DisableTestParallelization = true)]

namespace Moovolt.EndToEnd;

/// <summary>All of these start several processes, or end them: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Processes : ICollectionFixture<Mutant>
{
    public const string Name = "processes";
}
