using Akka.Actor;
using Moovolt.Cluster.Shards;
using Moovolt.Domain;
using Moovolt.Domain.Transactions;
using Moovolt.Rig;

namespace Moovolt.Cluster.Tests;

/// <summary>What entities count on in the databases that nodes run on, with the settings and tables that nodes have.</summary>
[Collection("Heavy")]
public sealed class DatabaseSpec
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    private static readonly WakeTransaction Wake = new(Given.Transaction, "nothing", Given.Noon);

    [Fact]
    public Task On_SQLite_the_story_holds() => Story(
        Hocon.Sqlite(Path.Combine(Path.GetTempPath(), $"entities-{Guid.NewGuid():N}.db")));

    [SkippableFact]
    public async Task On_PostgreSQL_the_story_holds()
    {
        await using var server = await PostgresServer.Start();
        await Story(await Hocon.Postgres(await server.NewDatabase()));
    }

    // By way of two nodes that live on: neither is told that the other has stored something in between.
    [SkippableFact]
    public async Task An_entity_that_comes_back_to_a_node_that_it_had_left_knows_all_that_was_stored()
    {
        PostgresServer.Needed();
        await using var server = await PostgresServer.Start();
        var settings = await Hocon.Postgres(await server.NewDatabase());
        using var here = ActorSystem.Create("moovolt", Hocon.Node(Hocon.InMemory, settings));
        using var there = ActorSystem.Create("moovolt", Hocon.Node(Hocon.InMemory, settings));
        Assert.IsType<Reply.Accepted>(await Define(here, 1));
        Assert.IsType<Reply.Accepted>(await Define(there, 2));
        Assert.IsType<Reply.Accepted>(await Define(here, 3));

        Assert.IsType<Reply.Repeated>(await Define(here, 3));
        Assert.IsType<Reply.Repeated>(await Define(there, 3));
        await Task.WhenAll(here.Terminate(), there.Terminate());

        static async Task<Reply> Define(ActorSystem node, int which)
        {
            var neighbours = new Neighbours((_, _, _) => { }, () => { }, JournalLoad.Of(node));
            var entity = node.ActorOf(Props.Create<TokenActor>(Given.Define(1).EntityId, neighbours, 100));
            var answer = await entity.Ask<Answer>(new Request(1, Given.Define(which) with { Id = Given.Define(1).Id }), Patience);
            await entity.GracefulStop(Patience);
            return answer.Reply;
        }
    }

    // An entity outlives its actor; and of two actors with one history, as a split cluster may have for a moment, the
    // one that the journal's unique key stops is heard by nobody, while those that write beside it go on.
    private static async Task Story(string settings)
    {
        using var system = ActorSystem.Create("moovolt", Hocon.Node(Hocon.InMemory, settings));
        var neighbours = new Neighbours((_, _, _) => { }, () => { }, JournalLoad.Of(system));
        var (winner, loser) = (Start("CP-1/17"), Start("CP-1/17"));
        foreach (var twin in new[] { winner, loser })
            await Assert.ThrowsAsync<AskTimeoutException>(() => Ask(twin, Wake, TimeSpan.FromSeconds(3))); // recovered, and silent

        Assert.IsType<Began>(await Ask(winner, Given.Begin, Patience));
        var inbox = Inbox.Create(system);
        inbox.Watch(loser);
        inbox.Send(loser, new Request(1, Given.Begin));
        Assert.IsType<Terminated>(await inbox.ReceiveAsync(Patience));

        var other = new TransactionId(Given.Station, "18");
        Assert.IsType<Began>(await Ask(Start(other.ToString()), Given.Begin with { Id = other }, Patience));
        Assert.IsType<Reply.Accepted>(await Ask(winner, Given.End, Patience));
        Assert.IsType<Reply.Repeated>(await Ask(Start("CP-1/17"), Given.End, Patience));
        await system.Terminate();

        IActorRef Start(string id) => system.ActorOf(Props.Create<TransactionActor>(id, neighbours));

        async Task<Reply> Ask(IActorRef entity, Command command, TimeSpan patience) =>
            (await entity.Ask<Answer>(new Request(1, command), patience)).Reply;
    }
}
