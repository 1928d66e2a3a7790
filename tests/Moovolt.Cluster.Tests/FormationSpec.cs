using Akka.Actor;
using Moovolt.Cluster.Joining;
using Moovolt.Rig;
using Npgsql;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

[Collection("Heavy")]
public sealed class FormationSpec(ITestOutputHelper output) : MemberKit(output)
{
    [SkippableFact]
    public async Task Nodes_that_start_at_once_on_an_empty_database_form_one_cluster()
    {
        await using var server = await PostgresServer.Start();
        for (var round = 1; round <= 4; round++)
        {
            var database = await server.NewDatabase();
            var nodes = Enumerable.Range(0, 2 + round).Select(_ => Start()).ToList();

            await Task.WhenAll(nodes.Select(node => Form(node, database)));

            foreach (var node in nodes) await Until(() => UpMembers(node) == nodes.Count);
            Assert.Single(nodes.Select(node => Akka.Cluster.Cluster.Get(node).State.Leader).Distinct());
            await Task.WhenAll(nodes.Select(node => node.Terminate()));
            Assert.Equal(0, await Rows(database));
        }
    }

    [SkippableFact]
    public async Task A_node_that_comes_later_joins_what_is_there()
    {
        await using var server = await PostgresServer.Start();
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
        await using var server = await PostgresServer.Start();
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
    public async Task Somebody_who_answers_is_waited_for_however_old_the_heartbeat()
    {
        await using var server = await PostgresServer.Start();
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
        await using var server = await PostgresServer.Start();
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
        await using var server = await PostgresServer.Start();
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
        await using var server = await PostgresServer.Make();
        var node = Start();
        var forming = Form(node, server.ConnectionString("postgres"));
        await Assert.ThrowsAsync<TimeoutException>(() => forming.WaitAsync(TimeSpan.FromSeconds(3)));

        await server.Open();

        await forming.WaitAsync(TimeSpan.FromSeconds(30));
        await Until(() => UpMembers(node) == 1);
    }

    [SkippableFact]
    public async Task A_cluster_outlives_a_crash_of_its_database_and_heartbeats_go_on()
    {
        await using var server = await PostgresServer.Start();
        var database = await server.NewDatabase();
        var first = Start();
        await Form(first, database);

        await server.Crash();
        await Task.Delay(TimeSpan.FromSeconds(3));
        await server.Open();
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

    private static async Task<long> Rows(string database)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand("select count(*) from cluster_member");
        return (long)(await command.ExecuteScalarAsync())!; // count is never null
    }

    private static async Task Execute(string database, string sql)
    {
        await using var source = NpgsqlDataSource.Create(database);
        await using var command = source.CreateCommand(sql);
        await command.ExecuteNonQueryAsync();
    }
}
