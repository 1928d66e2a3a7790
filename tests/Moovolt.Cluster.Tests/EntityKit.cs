using Akka.Actor;
using Akka.TestKit;
using Akka.TestKit.Xunit2;
using Moovolt.Cluster.Shards;
using Moovolt.Domain;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

/// <summary>Entities without shards around them; what they send to other entities arrives at a probe.</summary>
public abstract class EntityKit : TestKit
{
    private int stored;

    protected EntityKit(string hocon, ITestOutputHelper output)
        : base(Hocon.Node(Hocon.InMemory, hocon), output: output)
    {
        Others = CreateTestProbe("others");
        Neighbours = new Neighbours(
            (command, ticket, asker) => Others.Ref.Tell(new Told(command, ticket), asker),
            () => Interlocked.Increment(ref stored),
            Load);
    }

    /// <summary>Gets <see cref="Told"/> for each command to another entity.</summary>
    protected TestProbe Others { get; }

    /// <summary>How often entities said that they have stored something.</summary>
    protected int Stored => Volatile.Read(ref stored);

    /// <summary>What is under way to the journal.</summary>
    protected JournalLoad Load => JournalLoad.Of(Sys);

    private protected Neighbours Neighbours { get; }

    protected IActorRef TransactionEntity() =>
        Sys.ActorOf(Props.Create<TransactionActor>(Given.Transaction.ToString(), Neighbours));

    protected IActorRef TokenEntity(int snapshotEvery = 100) =>
        Sys.ActorOf(Props.Create<TokenActor>(Given.Token.Key, Neighbours, snapshotEvery));

    protected IActorRef ChargePointEntity(int snapshotEvery = 100, TimeSpan? leavesAfter = null) =>
        Sys.ActorOf(ChargePointProps(snapshotEvery, leavesAfter));

    protected Props ChargePointProps(int snapshotEvery = 100, TimeSpan? leavesAfter = null) => Props.Create<ChargePointActor>(
        Given.Station.Value, Neighbours, snapshotEvery, leavesAfter ?? TimeSpan.FromMinutes(5));

    protected async Task<TReply> Ask<TReply>(IActorRef entity, Command command, long ticket = 1)
        where TReply : Reply
    {
        entity.Tell(new Request(ticket, command), TestActor);
        var answer = await ExpectMsgAsync<Answer>();
        Assert.Equal(ticket, answer.Ticket);
        return Assert.IsType<TReply>(answer.Reply);
    }

    /// <summary>Has it leave as a shard does, and waits until it is gone.</summary>
    protected async Task Leave(IActorRef entity)
    {
        await WatchAsync(entity);
        entity.Tell(Shards.Leave.Now);
        await ExpectTerminatedAsync(entity);
    }

    public sealed record Told(Command Command, long Ticket);
}
