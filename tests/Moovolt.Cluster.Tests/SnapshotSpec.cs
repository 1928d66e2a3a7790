using Microsoft.Data.Sqlite;
using Moovolt.Domain;
using Moovolt.Domain.Tokens;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

/// <summary>On SQLite, with the plugin and the settings that nodes run with.</summary>
[Collection("Heavy")]
public sealed class SnapshotSpec : EntityKit
{
    private readonly string database;

    public SnapshotSpec(ITestOutputHelper output)
        : this(Path.Combine(Path.GetTempPath(), $"snapshots-{Guid.NewGuid():N}.db"), output)
    {
    }

    private SnapshotSpec(string database, ITestOutputHelper output)
        : base(Hocon.Sqlite(database), output) => this.database = database;

    [Fact]
    public async Task A_token_comes_back_from_its_snapshot_and_the_events_after_it()
    {
        await DefineAndLeave(from: 1, to: 7);

        await AwaitAssertAsync(async () => Assert.Equal([4, 6], await Numbers("select sequence_number from snapshot")));
        await ItsLimitIs(7);
    }

    [Fact]
    public async Task Of_old_snapshots_only_the_last_but_one_is_kept()
    {
        await DefineAndLeave(from: 1, to: 20, snapshotEvery: 5);

        await AwaitAssertAsync(async () => Assert.Equal([15, 20], await Numbers("select sequence_number from snapshot")));
    }

    [Theory]
    [InlineData("update snapshot set manifest = 'token-snapshot-99'")]
    [InlineData("update snapshot set snapshot = x'ffffffff'")]
    [InlineData("delete from snapshot")]
    public async Task A_snapshot_that_cannot_be_read_is_skipped_and_all_events_are_replayed(string harm)
    {
        await DefineAndLeave(from: 1, to: 7);

        await Execute(harm);

        await ItsLimitIs(7);
    }

    [Fact]
    public async Task A_snapshot_bridges_events_that_are_not_replayed()
    {
        await DefineAndLeave(from: 1, to: 6);

        await Execute("delete from journal where sequence_number < 6");

        await ItsLimitIs(6);
    }

    private async Task DefineAndLeave(int from, int to, int snapshotEvery = 2)
    {
        var token = TokenEntity(snapshotEvery);
        for (var limit = from; limit <= to; limit++)
        {
            await Ask<Reply.Accepted>(token, Given.Define(limit));
            await Task.Delay(snapshotEvery == 2 ? 0 : 20); // snapshots are written beside the events
        }

        await AwaitAssertAsync(async () =>
            Assert.Equal(to / snapshotEvery * snapshotEvery, (await Numbers("select max(sequence_number) from snapshot")).Single()));
        await Leave(token);
    }

    private async Task ItsLimitIs(int limit) => await Ask<Reply.Repeated>(TokenEntity(), Given.Define(limit));

    private async Task<List<long>> Numbers(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={database}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        await using var reader = await command.ExecuteReaderAsync();
        var numbers = new List<long>();
        while (await reader.ReadAsync()) numbers.Add(reader.IsDBNull(0) ? 0 : reader.GetInt64(0));
        return numbers;
    }

    private async Task Execute(string sql)
    {
        await using var connection = new SqliteConnection($"Data Source={database}");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        Assert.NotEqual(0, await command.ExecuteNonQueryAsync());
    }
}
