using System.Collections.Immutable;
using Akka.Actor;
using Akka.Persistence;
using Moovolt.Cluster.Shards;
using Moovolt.Domain.Tokens;
using Moovolt.Rig;
using Npgsql;

namespace Moovolt.Cluster.Tests;

/// <summary>Storing in PostgreSQL: in order, whole or not at all, with a bound, and not after its end.</summary>
[Collection("Heavy")]
public sealed class EventWriterSpec : IAsyncLifetime
{
    private const string Broken = """
        akka.actor.serializers.broken = "Moovolt.Cluster.Tests.BrokenSerializer, Moovolt.Cluster.Tests"
        akka.actor.serialization-bindings { "Moovolt.Cluster.Tests.Unwritable, Moovolt.Cluster.Tests" = broken }
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private PostgresServer? server;
    private ActorSystem? system;
    private string connection = "";

    public async Task InitializeAsync()
    {
        PostgresServer.Needed();
        server = await PostgresServer.Start();
        connection = await server.NewDatabase();
        system = ActorSystem.Create("moovolt", Hocon.Node(Hocon.InMemory, Broken, await Hocon.Postgres(connection)));
    }

    public async Task DisposeAsync()
    {
        if (system is not null) await system.Terminate();
        if (server is not null) await server.DisposeAsync();
    }

    [SkippableFact]
    public async Task Rows_are_stored_in_the_order_of_their_events_however_many_share_a_statement()
    {
        var writer = Writer(buffer: 1000, parallelism: 1);
        await Task.WhenAll(Enumerable.Range(0, 200).Select(n => writer.WriteAsync([Write($"token/T{n}", 1, 2, 3)])));
        var rows = await Rows();
        Assert.Equal(600, rows.Count);
        Assert.All(
            rows.GroupBy(row => row.Id),
            history => Assert.Equal([1, 2, 3], history.OrderBy(row => row.Ordering).Select(row => row.SequenceNumber)));
    }

    [SkippableFact]
    public async Task What_cannot_be_written_down_is_rejected_whole_and_by_itself()
    {
        var poison = new AtomicWrite(ImmutableList.Create<IPersistentRepresentation>(
            new Persistent(Event(), 1, "token/BAD"), new Persistent(new Unwritable(), 2, "token/BAD")));
        var said = await Writer(buffer: 10, parallelism: 1).WriteAsync([Write("token/A", 1), poison, Write("token/B", 1)]);
        Assert.Null(said[0]);
        Assert.NotNull(said[1]);
        Assert.Null(said[2]);
        Assert.Equal(["token/A", "token/B"], (await Rows()).Select(row => row.Id).Order());
    }

    [SkippableFact]
    public async Task Of_two_writers_of_one_history_the_second_is_refused_and_so_are_those_of_its_statement()
    {
        var writer = Writer(buffer: 10, parallelism: 1);
        await writer.WriteAsync([Write("token/A", 1)]);
        await Assert.ThrowsAsync<PostgresException>(() => writer.WriteAsync([Write("token/B", 1), Write("token/A", 1)]));
        await writer.WriteAsync([Write("token/B", 1)]);
        Assert.Equal(["token/A", "token/B"], (await Rows()).Select(row => row.Id).Order());
    }

    [SkippableFact]
    public async Task More_than_may_wait_fails_at_once_and_what_waits_at_its_end_is_not_stored()
    {
        var writer = Writer(buffer: 1, parallelism: 1);
        await using var holder = new NpgsqlConnection(connection);
        await holder.OpenAsync();
        var held = await holder.BeginTransactionAsync();
        await using (var hold = new NpgsqlCommand("lock table journal in share mode", holder, held)) await hold.ExecuteNonQueryAsync();

        var under = writer.WriteAsync([Write("token/A", 1)]);
        await Eventually.Get(Blocked, blocked => blocked, Patience);
        var waiting = writer.WriteAsync([Write("token/B", 1)]);
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.WriteAsync([Write("token/C", 1)]));

        writer.Stop();
        await held.CommitAsync();
        await under.WaitAsync(Patience); // was at the database already
        await Assert.ThrowsAsync<InvalidOperationException>(() => waiting.WaitAsync(Patience));
        await Assert.ThrowsAsync<InvalidOperationException>(() => writer.WriteAsync([Write("token/D", 1)]));
        Assert.Equal(["token/A"], (await Rows()).Select(row => row.Id));
    }

    private EventWriter Writer(int buffer, int parallelism) =>
        new(system!.Serialization, connection, buffer, batchSize: 100, parallelism);

    private static AtomicWrite Write(string id, params int[] sequenceNumbers) => new(
        sequenceNumbers.Select(IPersistentRepresentation (number) => new Persistent(Event(), number, id)).ToImmutableList());

    private static TokenRemoved Event() => new(new("T"), "ana", Given.Noon);

    private async Task<bool> Blocked() =>
        (await Query("select count(*) from pg_stat_activity where wait_event_type = 'Lock'", row => row.GetInt64(0))).Single() > 0;

    private Task<List<(long Ordering, string Id, long SequenceNumber)>> Rows() => Query(
        "select ordering, persistence_id, sequence_number from journal",
        row => (row.GetInt64(0), row.GetString(1), row.GetInt64(2)));

    private async Task<List<T>> Query<T>(string sql, Func<NpgsqlDataReader, T> read)
    {
        await using var open = new NpgsqlConnection(connection);
        await open.OpenAsync();
#pragma warning disable CA2100 // constants of this test
        await using var command = new NpgsqlCommand(sql, open);
#pragma warning restore CA2100
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<T>();
        while (await reader.ReadAsync()) rows.Add(read(reader));
        return rows;
    }
}

/// <summary>An event that its serializer cannot write.</summary>
public sealed record Unwritable;
