using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using Microsoft.Extensions.Logging;
using Moovolt.Cluster.Joining;
using Npgsql;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

/// <summary>Two clusters on one database are told from one cluster that changes its leader.</summary>
[Collection("Heavy")]
public sealed class SplitSpec(ITestOutputHelper output, SharedServer server) : MemberKit(output), ILogger<SplitWatch>
{
    private readonly ConcurrentQueue<(LogLevel Level, string Line)> _log = new();

    [Fact]
    public void Leaders_that_share_a_member_are_one_cluster() => Assert.Empty(SplitWatch.SidesOf(
        [Leads("a", "a", "b", "c"), Leads("b", "b", "c")]));

    [Fact]
    public void Leaders_without_a_member_in_common_are_two_clusters() => Assert.Equal(
        ["a", "b"],
        SplitWatch.SidesOf([Leads("a", "a", "c"), Leads("b", "b", "d")]).Select(side => side.Address));

    [SkippableFact]
    public async Task Two_clusters_on_one_database_raise_the_alarm_and_it_ends_with_one_of_them()
    {
        var database = await server.NewDatabase();
        await using var book = new ClusterBook(database);
        var node = Start();
        await Formation.ThroughDatabase(node, database, CancellationToken.None);
        var watch = new SplitWatch(node, book, this);
        await Until(async () =>
        {
            await watch.LookAsync(CancellationToken.None);
            return await Leaders(book) == 1;
        });
        Assert.Equal(0, Gauge());

        await Execute(book, "insert into cluster_leader select 'elsewhere', cluster_id, '{elsewhere,there}' from cluster_identity");
        await watch.LookAsync(CancellationToken.None);

        Assert.Equal(1, Gauge());
        Assert.Equal(2, (await watch.SidesAsync(CancellationToken.None)).Length);
        var (level, alarm) = Assert.Single(_log);
        Assert.Equal(LogLevel.Critical, level);
        foreach (var word in new[] { "SPLIT", "elsewhere, there", $"{Akka.Cluster.Cluster.Get(node).SelfAddress}", "stop all members" })
            Assert.Contains(word, alarm, StringComparison.Ordinal);
        await watch.LookAsync(CancellationToken.None);
        Assert.Single(_log); // said once
        Assert.False(node.WhenTerminated.IsCompleted); // it decides nothing

        // By the database's clock alone: sixteen seconds there are sixteen seconds, whatever this machine believes.
        await Execute(book, "update cluster_leader set at = at - interval '16 seconds' where address = 'elsewhere'");
        await watch.LookAsync(CancellationToken.None);
        Assert.Equal(0, Gauge());
        Assert.Equal(LogLevel.Warning, _log.Last().Level);
    }

    [SkippableFact]
    public async Task A_leader_that_leaves_is_no_half_of_a_split()
    {
        var database = await server.NewDatabase();
        await using var book = new ClusterBook(database);
        var node = Start();
        await Formation.ThroughDatabase(node, database, CancellationToken.None);
        using var leaves = new CancellationTokenSource();
        var watching = new SplitWatch(node, book, this).RunAsync(leaves.Token);
        await Until(async () => await Leaders(book) == 1);

        await leaves.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => watching);

        Assert.Equal(0, await Leaders(book));
    }

    void ILogger.Log<TState>(
        LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (logLevel >= LogLevel.Warning) _log.Enqueue((logLevel, formatter(state, exception)));
    }

    bool ILogger.IsEnabled(LogLevel logLevel) => true;

    IDisposable? ILogger.BeginScope<TState>(TState state) => null;

    private static Leadership Leads(string leader, params string[] members) => new(leader, [.. members], Given.Noon);

    // The highest of those that were measured: other suites of this process have watches of their own.
    private static int Gauge()
    {
        var seen = 0;
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, all) =>
            {
                if (instrument.Name == "moovolt_cluster_split") all.EnableMeasurementEvents(instrument);
            },
        };
        listener.SetMeasurementEventCallback<int>((_, value, _, _) => seen = Math.Max(seen, value));
        listener.Start();
        listener.RecordObservableInstruments();
        return seen;
    }

    private static async Task<long> Leaders(ClusterBook book)
    {
        await using var command = book.Database.CreateCommand("select count(*) from cluster_leader");
        return (long)(await command.ExecuteScalarAsync())!; // count is never null
    }

    private static async Task Execute(ClusterBook book, string sql)
    {
        await using var command = book.Database.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
