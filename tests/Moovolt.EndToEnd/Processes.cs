using Xunit;

// Each class has a node of its own, and most of a test's time is waiting for it: two at a time share two cores well. More
// would starve each other.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

namespace Moovolt.EndToEnd;

/// <summary>All of these start several processes, or end them: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Processes : ICollectionFixture<Mutant>
{
    public const string Name = "processes";
}
