using Moovolt.EndToEnd.Actions;
using Moovolt.EndToEnd.Field;
using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>
/// One build of the product with the faults of all the tests of tests: each shows under certain names only, or in a node
/// that was started so. Built when the first of them asks for it.
/// </summary>
public sealed class Mutant : IAsyncLifetime
{
    private readonly Lazy<Task<MutantBuild>> _build =
        new(() => MutantBuild.Of("mutant", [.. MutantSpec.Changes, .. FieldRules.Changes]));

    /// <summary>The program to run.</summary>
    public async Task<string> Program() => (await _build.Value).Assembly;

    public Task InitializeAsync() => Task.CompletedTask;

    public async Task DisposeAsync()
    {
        // What did not compile has failed its tests already.
        if (_build.IsValueCreated && _build.Value.IsCompletedSuccessfully) (await _build.Value).Dispose();
    }
}
