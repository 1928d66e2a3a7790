using System.Collections.Concurrent;
using Akka.Actor;
using Microsoft.Data.Sqlite;
using Moovolt.Cluster.Shards;
using Moovolt.Domain;
using Moovolt.Domain.Tokens;
using Moovolt.Rig;
using Npgsql;

namespace Moovolt.Cluster.Tests;

/// <summary>
/// One row that the database refuses, in a batch with others: the others are answered, at the latest when they are told
/// again, and the poisoned one is not, until it can be stored.
/// </summary>
[Collection("Heavy")]
public sealed class PoisonSpec
{
    private const int Innocents = 40;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan ToldAgainAfter = TimeSpan.FromMilliseconds(300);

    [Fact]
    public async Task On_SQLite_the_innocents_of_a_failed_batch_answer_when_they_are_told_again()
    {
        var file = Path.Combine(Path.GetTempPath(), $"poison-{Guid.NewGuid():N}.db");
        using var connection = new SqliteConnection($"Data Source={file}");
        var settings = Hocon.Sqlite(file);
        await connection.OpenAsync();
        void Run(string sql)
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // constants of this test
            command.CommandText = sql;
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        Run("""
            create trigger poison before insert on journal when new.persistence_id = 'token/BAD'
            begin select raise(abort, 'poisoned'); end
            """);
        // As in hocon/persistence-sqlite.conf: at any other level a read waits for who writes.
        var stopped = await Story(
            settings + """

            akka.persistence.journal.sql.read-isolation-level = read-uncommitted
            akka.persistence.snapshot-store.sql.read-isolation-level = read-uncommitted
            """,
            hold: () => Run("begin immediate"), release: () => Run("rollback"), cure: () => Run("drop trigger poison"));

        // Who else has stopped is chance: SQLite's calls hold up whoever would gather a batch.
        Assert.Contains("BAD", stopped);
    }

    [SkippableFact]
    public async Task On_PostgreSQL_the_innocents_of_a_failed_statement_are_not_even_stopped()
    {
        PostgresServer.Needed();
        await using var server = await PostgresServer.Start();
        var database = await server.NewDatabase();
        var settings = await Hocon.Postgres(database);
        await using var connection = new NpgsqlConnection(database);
        await connection.OpenAsync();
        void Run(string sql)
        {
#pragma warning disable CA2100 // constants of this test
            using var command = new NpgsqlCommand(sql, connection);
#pragma warning restore CA2100
            command.ExecuteNonQuery();
        }

        Run("""
            create function poison() returns trigger language plpgsql as
              $$ begin if new.persistence_id = 'token/BAD' then raise 'poisoned'; end if; return new; end $$;
            create trigger poison before insert on journal for each row execute function poison()
            """);
        var stopped = await Story(
            settings + "\nakka.persistence.journal.sql.parallelism = 1",
            hold: () => Run("begin; lock table journal in share mode"),
            release: () => Run("rollback"),
            cure: () => Run("drop trigger poison on journal"));

        Assert.Equal(["BAD"], stopped.Distinct());
    }

    // Returns who stopped meanwhile.
    private static async Task<IReadOnlyCollection<string>> Story(string settings, Action hold, Action release, Action cure)
    {
        using var system = ActorSystem.Create("moovolt", Hocon.Node(Hocon.InMemory, settings));
        var load = JournalLoad.Of(system);
        var stopped = new ConcurrentQueue<string>();
        var neighbours = new Neighbours((_, _, _) => { }, () => { }, load);
        var tokens = system.ActorOf(Props.Create(() => new OneShard(
            id => Props.Create<TokenActor>(id, neighbours, 100), stopped.Enqueue)));
        var answered = new ConcurrentDictionary<long, Reply>();
        var session = system.ActorOf(Props.Create(() => new Ear(answered)));
        var ids = Enumerable.Range(0, Innocents).Select(n => $"T{n}").Append("BAD").ToArray();
        void TellAll()
        {
            for (var n = 0; n < ids.Length; n++)
            {
                if (!answered.ContainsKey(n))
                    tokens.Tell(new Request(n, Given.Define(1) with { Id = new TokenId(ids[n]) }), session);
            }
        }

        // All of them wait in the journal's queue behind one that is at the database, so they share what comes next.
        hold();
        TellAll();
        await Eventually.Get(() => Task.FromResult(load.Waiting), waiting => waiting == ids.Length, Patience);
        release();

        Assert.True(await Eventually.Is(Told(Innocents), Patience), $"{answered.Count} were answered.");
        Assert.False(answered.ContainsKey(Innocents), "The poisoned one was answered.");
        Assert.True(await Eventually.Is(() => Task.FromResult(load.Waiting == 0), Patience));

        cure();
        Assert.True(await Eventually.Is(Told(ids.Length), Patience), "The poisoned one has not recovered.");
        Assert.All(answered.Values, reply => Assert.True(reply is Reply.Accepted or Reply.Repeated));
        return stopped;

        Func<Task<bool>> Told(int so) => async () =>
        {
            if (answered.Count >= so) return true;
            await Task.Delay(ToldAgainAfter);
            TellAll();
            return answered.Count >= so;
        };
    }

    private sealed class Ear(ConcurrentDictionary<long, Reply> answered) : UntypedActor
    {
        protected override void OnReceive(object message)
        {
            if (message is Answer answer) answered[answer.Ticket] = answer.Reply;
        }
    }
}
