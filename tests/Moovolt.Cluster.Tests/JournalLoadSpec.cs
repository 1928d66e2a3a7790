using Akka.Actor;
using Microsoft.Extensions.Time.Testing;
using Moovolt.Domain;
using Moovolt.Domain.Tokens;
using Moovolt.Rig;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

/// <summary>What a node knows of the way of its writes.</summary>
public sealed class JournalLoadSpec
{
    private static readonly TimeSpan Window = TimeSpan.FromSeconds(10);

    private readonly FakeTimeProvider clock = new();

    [Fact]
    public void Commits_are_remembered_for_a_while_the_latest_first()
    {
        var load = new JournalLoad(10, clock);
        Store(load, 1);
        clock.Advance(TimeSpan.FromSeconds(5));
        Store(load, 3);
        Assert.Equal([3, 1], load.Read(Window).Commits.Select(took => took.TotalSeconds));
        clock.Advance(TimeSpan.FromSeconds(5));
        Assert.Equal([3], load.Read(Window).Commits.Select(took => took.TotalSeconds));
        Assert.Equal(TimeSpan.FromSeconds(5), load.Read(Window).SinceStored);
        for (var n = 0; n < 5_000; n++) Store(load, 0);
        Assert.Equal(1_000, load.Read(Window).Commits.Length);
    }

    [Fact]
    public void The_oldest_write_under_way_is_known_however_they_end()
    {
        var load = new JournalLoad(10, clock);
        var first = load.Begin("token/A");
        clock.Advance(TimeSpan.FromSeconds(1));
        var second = load.Begin("token/B");
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((2, 2), (load.Waiting, load.Read(Window).OldestWaits.TotalSeconds));
        load.Failed(first);
        Assert.Equal((1, 1), (load.Waiting, load.Read(Window).OldestWaits.TotalSeconds));
        load.Rejected(second);
        Assert.Equal((0, 0), (load.Waiting, load.Read(Window).OldestWaits.TotalSeconds));
        Assert.Empty(load.Read(Window).Commits);
    }

    [Fact]
    public void Failures_are_counted_by_entity_until_something_is_stored()
    {
        var load = new JournalLoad(10, clock);
        foreach (var id in new[] { "token/A", "token/A", "token/B" }) load.Failed(load.Begin(id));
        clock.Advance(TimeSpan.FromSeconds(4));
        Assert.Equal((2, 4), (load.Read(Window).Sufferers, load.Read(Window).FailingFor.TotalSeconds));
        load.Failed(load.Begin("token/B"));
        clock.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal((5, 1), (load.Read(Window).FailingFor.TotalSeconds, load.Read(Window).SinceFailed?.TotalSeconds));
        Store(load, 0);
        Assert.Equal((0, 0), (load.Read(Window).Sufferers, load.Read(Window).FailingFor.TotalSeconds));
    }

    [Fact]
    public async Task While_nothing_can_be_stored_histories_are_read_one_at_a_time()
    {
        var load = new JournalLoad(10, clock);
        Assert.Null(await load.ReadAsync(default));
        load.IsDown = true;
        var first = await load.ReadAsync(default);
        var second = load.ReadAsync(default).AsTask();
        Assert.False(second.IsCompleted);
        first!.Dispose();
        (await second)!.Dispose();
    }

    [Fact]
    public void No_more_enter_than_may_be_under_way_and_those_in_the_journal_count_though_nobody_waits()
    {
        var load = new JournalLoad(2, clock);
        Assert.True(load.TryEnter());
        Assert.True(load.TryEnter());
        Assert.False(load.TryEnter());
        load.Leave();
        Assert.True(load.TryEnter());
        load.Leave();
        load.Leave();
        Assert.Equal(0, load.Waiting);

        var (one, _) = (load.Begin("token/A"), load.Begin("token/B"));
        Assert.False(load.TryEnter());
        load.Failed(one);
        Assert.True(load.TryEnter());
    }

    private void Store(JournalLoad load, int seconds)
    {
        var write = load.Begin("token/A");
        clock.Advance(TimeSpan.FromSeconds(seconds));
        load.Stored(write);
    }
}

/// <summary>At the bound: what an entity is told is dropped, unanswered, and changes nothing.</summary>
public sealed class WritesInFlightSpec(ITestOutputHelper output) : EntityKit(
    """
    akka.persistence.journal.plugin = "held"
    held.class = "Moovolt.Cluster.Tests.HeldJournal, Moovolt.Cluster.Tests"
    moovolt.entities.writes-in-flight = 1
    """,
    output)
{
    [Fact]
    public async Task Beyond_the_bound_an_entity_stores_nothing_and_answers_when_it_is_told_again()
    {
        HeldJournal.Hold();
        var (transaction, token) = (TransactionEntity(), TokenEntity());
        transaction.Tell(new Request(1, Given.Begin), TestActor);
        await Eventually.Get(() => Task.FromResult(Load.Waiting), waiting => waiting == 1, TimeSpan.FromSeconds(30));
        token.Tell(new Request(2, Given.Define(1)), TestActor);
        token.Tell(new Request(3, new Authorize(Given.Token, Given.Noon)), TestActor); // needs no write
        Assert.Equal(3, (await ExpectMsgAsync<Answer>()).Ticket);

        HeldJournal.Release();
        Assert.Equal(1, (await ExpectMsgAsync<Answer>()).Ticket);
        await Ask<Reply.Accepted>(token, Given.Define(1));
        await Eventually.Get(() => Task.FromResult(Load.Waiting), waiting => waiting == 0, TimeSpan.FromSeconds(30));
    }
}

/// <summary>However a write ends, its place is free again.</summary>
public sealed class FailedWriteSpec(ITestOutputHelper output) : EntityKit(
    """
    akka.persistence.journal.plugin = "full"
    full.class = "Moovolt.Cluster.Tests.FullJournal, Moovolt.Cluster.Tests"
    """,
    output)
{
    [Fact]
    public async Task A_write_that_failed_gives_its_place_back()
    {
        var entity = TransactionEntity();
        await WatchAsync(entity);
        entity.Tell(new Request(1, Given.Begin), TestActor);
        await ExpectTerminatedAsync(entity);
        await Eventually.Get(() => Task.FromResult(Load.Waiting), waiting => waiting == 0, TimeSpan.FromSeconds(30));
    }
}
