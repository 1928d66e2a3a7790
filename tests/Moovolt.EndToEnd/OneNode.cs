using Moovolt.Rig;
using Xunit;

namespace Moovolt.EndToEnd;

/// <summary>One node as the README's first command starts it, for the tests of a class.</summary>
public sealed class OneNode : IAsyncLifetime
{
    public MoovoltProcess Node { get; } = new();

    public Task InitializeAsync() => Node.Start().Ready();

    public async Task DisposeAsync() => await Node.DisposeAsync();
}
