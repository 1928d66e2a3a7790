using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>
/// One node for the tests of a class, that must not be shaken by what they do: when all are through it is ended as an
/// orchestrator ends it, and nothing that it ever printed is a stack trace.
/// </summary>
public sealed class UntroubledNode : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    public MoovoltProcess Node { get; } = new();

    public Task InitializeAsync() => Node.Start().Ready();

    public async Task DisposeAsync()
    {
        await using var node = Node;
        Assert.Equal(0, await node.Terminate(Patience)); // the lines that were on their way are out then
        Assert.DoesNotContain("   at ", node.Printed, StringComparison.Ordinal);
    }
}
