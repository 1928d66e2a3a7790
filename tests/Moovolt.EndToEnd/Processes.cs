using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>All of these start processes, so they run one after another.</summary>
[CollectionDefinition(Name, DisableParallelization = true)]
public sealed class Processes : ICollectionFixture<Mutant>
{
    public const string Name = "processes";
}
