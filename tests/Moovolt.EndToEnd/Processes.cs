using Xunit;

// Most tests wait, for a node or for what it shows: with a node of their own some of them run side by side. How many, so
// that two cores are busy and no node waits longer than the tests do.
[assembly: CollectionBehavior(MaxParallelThreads = 4)]

namespace Moovolt.EndToEnd;

/// <summary>All of these start several processes, or end them: nothing runs beside them.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Processes : ICollectionFixture<Mutant>
{
    public const string Name = "processes";
}
