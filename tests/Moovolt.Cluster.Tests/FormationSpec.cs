using Akka.Actor;
using Microsoft.Extensions.Logging.Abstractions;
using Moovolt.Cluster.Joining;
using Moovolt.Rig;
using Npgsql;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

[Collection("Heavy")]
public sealed class FormationSpec(ITestOutputHelper output, SharedServer server) : MemberKit(output)
{
    /// <summary>How often five nodes are started on an empty table; MOOVOLT_FORMATION_ROUNDS=50 is the long way.</summary>
    private static readonly int Rounds =
        int.TryParse(Environment.GetEnvironmentVariable("MOOVOLT_FORMATION_ROUNDS"), out var rounds) ? rounds : 3;

    [SkippableFact]
    public async Task Nodes_that_start_at_once_on_an_empty_database_form_one_cluster_whose_every_region_lives()
    {
        for (var round = 1; round <= Rounds; round++)
        {
            var database = await server.NewDatabase();
            var nodes = Enumerable.Range(0, 5).Select(_ => Start()).ToList();
            var entities = nodes.Select(node => Regions.Start(node, host: true)).ToList();

            await Task.WhenAll(nodes.Select(async node =>
            {
                await Task.Delay(Random.Shared.Next(0, 500)); // now this one is the first, now that one
                await Form(node, database);
            }));

            foreach (var node in nodes) await Until(() => UpMembers(node) == nodes.Count);
            Assert.Single(nodes.Select(node => Akka.Cluster.Cluster.Get(node).State.Leader).Distinct());
            await Task.WhenAll(entities.Select((door, i) => EveryKindAnswers(door, $"{round}-{i}")));
            Assert.DoesNotContain(nodes, node => node.WhenTerminated.IsCompleted);
            await Task.WhenAll(nodes.Select(node => node.Terminate()));
            Assert.Equal(0, await Rows(database));
        }
    }

    [SkippableFact]
    public async Task A_node_that_comes_later_joins_what_is_there()
    {
        var database = await server.NewDatabase();
        var first = Start();
        await Form(first, database);

        var second = Start();
        await Form(second, database);

        await Until(() => UpMembers(first) == 2 && UpMembers(second) == 2);
    }

    [SkippableFact]
    public async Task A_founder_that_dies_between_its_commit_and_its_join_is_outlived()
    {
        var database = await server.NewDatabase();
        await using (var source = NpgsqlDataSource.Create(database))
        {
            var founder = new MemberTable(source, $"akka.tcp://moovolt@127.0.0.1:{Ports.Free()}", 1, "entities", "0.2");
            await founder.CreateIfAbsent(CancellationToken.None);
            await founder.Announce(CancellationToken.None);
            Assert.True(await founder.TryFound(new HashSet<string>(), CancellationToken.None));
        }

        var (a, b) = (Start(), Start());
        await Task.WhenAll(Form(a, database), Form(b, database)).WaitAsync(TimeSpan.FromSeconds(60));

        await Until(() => UpMembers(a) == 2 && UpMembers(b) == 2);
    }

    [SkippableFact]
    public async Task Rows_that_a_power_loss_has_left_keep_nobody_from_founding()
    {
        var database = await server.NewDatabase();
        await using var source = NpgsqlDataSource.Create(database);
        for (var n = 0; n < 3; n++)
        {
            var row = new MemberTable(source, $"akka.tcp://moovolt@127.0.0.1:{Ports.Free()}", n, "entities", "0.2");
            await row.CreateIfAbsent(CancellationToken.None);
            await row.Announce(CancellationToken.None);
            await row.Beat(Standing.Up, CancellationToken.None);
        }

        await Execute(database, "update cluster_member set heartbeat_at = now() - interval '1 minute'");

        var nodes = new[] { Start(), Start(), Start() };
        await Task.WhenAll(nodes.Select(node => Form(node, database))).WaitAsync(TimeSpan.FromSeconds(60));

        foreach (var node in nodes) await Until(() => UpMembers(node) == 3);
    }

    // The database's clock stands ten minutes behind those of all nodes: were one of theirs compared with it, every
    // heartbeat would be old, or of the future.
    [SkippableFact]
    public async Task Clocks_of_nodes_that_are_ten_minutes_ahead_have_no_effect()
    {
        var database = await server.NewDatabase();
        await Execute(
            database,
            """
            create schema skew;
            create function skew.now() returns timestamptz language sql stable
              as $$ select pg_catalog.now() - interval '10 minutes' $$;
            do $$ begin execute format('alter database %I set search_path = skew, public, pg_catalog', current_database()); end $$
            """);
        NpgsqlConnection.ClearAllPools();
        var (first, second) = (Start(), Start());
        await Form(first, database).WaitAsync(TimeSpan.FromSeconds(60));
        await Form(second, database).WaitAsync(TimeSpan.FromSeconds(60));

        await Until(() => UpMembers(first) == 2 && UpMembers(second) == 2);
        Assert.Equal(2, await Rows(database, "where heartbeat_at < pg_catalog.now() - interval '9 minutes'"));
        await using var book = new ClusterBook(database);
        await new SplitWatch(first, book, NullLogger<SplitWatch>.Instance).LookAsync(CancellationToken.None);
        await new SplitWatch(second, book, NullLogger<SplitWatch>.Instance).LookAsync(CancellationToken.None);
        Assert.Empty(await new SplitWatch(first, book, NullLogger<SplitWatch>.Instance).SidesAsync(CancellationToken.None));
    }

    [SkippableFact]
    public async Task Somebody_who_answers_is_waited_for_however_old_the_heartbeat()
    {
        var database = await server.NewDatabase();
        var stalled = Start(); // its port is open; it has not joined anything
        await using var source = NpgsqlDataSource.Create(database);
        var row = new MemberTable(source, $"{Akka.Cluster.Cluster.Get(stalled).SelfAddress}", 1, "entities", "0.2");
        await row.CreateIfAbsent(CancellationToken.None);
        await row.Announce(CancellationToken.None);
        Assert.True(await row.TryFound(new HashSet<string>(), CancellationToken.None));
        await Execute(database, "update cluster_member set heartbeat_at = now() - interval '1 hour'");

        var node = Start();
        var forming = Form(node, database);

        await Assert.ThrowsAsync<TimeoutException>(() => forming.WaitAsync(TimeSpan.FromSeconds(5)));
        await stalled.Terminate();
        await forming.WaitAsync(TimeSpan.FromSeconds(30));
    }

    [SkippableFact]
    public async Task A_node_that_was_given_the_address_of_a_living_one_ends_and_founds_nothing()
    {
        var database = await server.NewDatabase();
        var node = Start();
        await using var source = NpgsqlDataSource.Create(database);
        var namesake = new MemberTable(source, $"{Akka.Cluster.Cluster.Get(node).SelfAddress}", 1, "entities", "0.2");
        await namesake.CreateIfAbsent(CancellationToken.None);
        await namesake.Announce(CancellationToken.None);
        await using var beating = new Timer(
            _ => namesake.Beat(Standing.Up, CancellationToken.None).Wait(), null, TimeSpan.Zero, TimeSpan.FromSeconds(1));

        await Assert.ThrowsAsync<Akka.Cluster.ClusterJoinFailedException>(() => Form(node, database));

        await node.WhenTerminated.WaitAsync(TimeSpan.FromSeconds(30));
        Assert.Contains("address", CoordinatedShutdown.Get(node).ShutdownReason!.ToString(), StringComparison.Ordinal);
    }

    [SkippableFact]
    public async Task A_node_that_has_crashed_and_comes_back_at_once_takes_its_row_again()
    {
        var database = await server.NewDatabase();
        var node = Start();
        await using var source = NpgsqlDataSource.Create(database);
        var former = new MemberTable(source, $"{Akka.Cluster.Cluster.Get(node).SelfAddress}", 1, "entities", "0.2");
        await former.CreateIfAbsent(CancellationToken.None);
        await former.Announce(CancellationToken.None);

        await Form(node, database).WaitAsync(TimeSpan.FromSeconds(30));

        await Until(() => UpMembers(node) == 1);
    }

    [SkippableFact]
    public async Task A_database_that_is_absent_at_start_is_waited_for()
    {
        await using var own = await PostgresServer.Make();
        var node = Start();
        var forming = Form(node, own.ConnectionString("postgres"));
        await Assert.ThrowsAsync<TimeoutException>(() => forming.WaitAsync(TimeSpan.FromSeconds(3)));
        Assert.Empty(Akka.Cluster.Cluster.Get(node).State.Members); // it has founded nothing meanwhile

        await own.Open();

        await forming.WaitAsync(TimeSpan.FromSeconds(30));
        await Until(() => UpMembers(node) == 1);
    }

    [SkippableFact]
    public async Task A_cluster_outlives_a_crash_of_its_database_and_heartbeats_go_on()
    {
        await using var own = await PostgresServer.Start();
        var database = await own.NewDatabase();
        var first = Start();
        await Form(first, database);

        await own.Crash();
        await Task.Delay(TimeSpan.FromSeconds(3));
        await own.Open();
        var second = Start();
        await Form(second, database).WaitAsync(TimeSpan.FromSeconds(60));

        await Until(() => UpMembers(first) == 2);
    }

    [Fact]
    public async Task Seeds_that_an_operator_names_need_no_database()
    {
        var (a, b) = (Start(), Start());
        string[] seeds = [$"{Akka.Cluster.Cluster.Get(a).SelfAddress}"];

        await Task.WhenAll(
            Formation.WithSeeds(a, seeds, CancellationToken.None),
            Formation.WithSeeds(b, seeds, CancellationToken.None)).WaitAsync(TimeSpan.FromSeconds(60));

        await Until(() => UpMembers(a) == 2);
    }

    [Fact]
    public async Task A_node_by_itself_is_a_cluster_of_one_and_opens_no_port()
    {
        using var system = ActorSystem.Create("moovolt", Hocon.File("cluster-alone").WithFallback(Hocon.Node(Hocon.Member)));
        var entities = Regions.Start(system, host: true);
        await Formation.Alone(system, CancellationToken.None).WaitAsync(TimeSpan.FromSeconds(20));

        Assert.IsType<Domain.Reply.Accepted>(await entities.Ask(Given.Define(1), CancellationToken.None));
        Assert.Equal("memory", Akka.Cluster.Cluster.Get(system).SelfAddress.Protocol.Split('.')[^1]);
        await system.Terminate();
    }

    private static Task Form(ActorSystem node, string database) =>
        Formation.ThroughDatabase(node, database, CancellationToken.None);

    // An answer from a few shards of each kind, whatever it says: a region that died at formation gives none.
    private static Task<Domain.Reply[]> EveryKindAnswers(Entities door, string run) => Task.WhenAll(Enumerable.Range(0, 4).SelectMany(n =>
    {
        var station = new Domain.ChargePointId($"CP-{run}-{n}");
        Domain.Command[] commands =
        [
            Given.Define(1) with { Id = new Domain.TokenId($"TAG-{run}-{n}") },
            Given.Request("r") with { Id = station },
            new Domain.Transactions.CloseRecord(new Domain.TransactionId(station, "17"), "a test", "tests", Given.Noon),
        ];
        return commands.Select(command => door.Ask(command, CancellationToken.None));
    }));

    private static async Task<long> Rows(string database, string which = "")
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand($"select count(*) from cluster_member {which}");
        return (long)(await command.ExecuteScalarAsync())!; // count is never null
    }

    private static async Task Execute(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
