using Moovolt.Api.Live;
using Moovolt.ReadModel.Changes;
using Xunit;

namespace Moovolt.Api.Tests;

/// <summary>The changes that all streams of a node read together.</summary>
public sealed class ChangeFeedSpec(Bridge bridge) : IClassFixture<Bridge>
{
    [Fact]
    public async Task Who_resumes_hears_what_it_missed_though_everybody_else_waits_for_the_next_change()
    {
        for (var i = 0; i < 3; i++) await bridge.Operator().Put($"tokens/MISSED-{i}", new { });
        var table = new ChangeTable(bridge.Stores.ReadModel);
        var newest = (await table.KeptAsync(CancellationToken.None)).Newest;
        using var feed = new ChangeFeed(table, TimeProvider.System);

        Assert.Empty(await feed.After(newest, CancellationToken.None));
        var waiting = feed.After(newest, CancellationToken.None); // it is the one that reads
        var resumed = await feed.After(newest - 2, CancellationToken.None);

        Assert.Equal([newest - 1, newest], resumed.Select(change => change.Id));
        Assert.Empty(await waiting);

        await bridge.Operator().Put("tokens/NEXT", new { });
        Assert.Equal([newest + 1], (await feed.After(newest, CancellationToken.None)).Select(change => change.Id));
        Assert.Equal([newest, newest + 1], (await feed.After(newest - 1, CancellationToken.None)).Select(change => change.Id));
    }
}
