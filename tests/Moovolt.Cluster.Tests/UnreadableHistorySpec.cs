using Akka.Actor;
using Akka.Persistence;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Transactions;
using Moovolt.Journal;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

public sealed class UnreadableHistorySpec(ITestOutputHelper output) : EntityKit(
    """akka.loggers = ["Akka.TestKit.TestEventListener, Akka.TestKit"]""", output)
{
    private static readonly UnknownStored Newer = new("cp-something-new", [1, 2, 3], "This program does not know the name.");

    [Fact]
    public async Task A_history_that_cannot_be_read_leaves_chargers_unanswered_and_operators_refused()
    {
        await Store("charge-point/CP-1", Newer);
        IActorRef entity = Nobody.Instance;

        await EventFilter.Error(contains: "charge-point/CP-1 cannot be read").ExpectOneAsync(async () =>
        {
            entity = ChargePointEntity();
            entity.Tell(new Request(1, Given.Open("a")), TestActor);
            entity.Tell(new Request(2, Given.Number), TestActor);
            await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));
        });

        var refused = await Ask<Reply.Refused>(entity, Given.Request("r-1"));
        Assert.Contains("cp-something-new", refused.Reason, StringComparison.Ordinal);
        Assert.Equal(0, Stored);
    }

    [Fact]
    public async Task A_history_out_of_order_is_no_endless_restart()
    {
        await Store("transaction/CP-1/17", new CloseConfirmed(Given.Transaction, ClosingParty.Token, Given.Noon));
        IActorRef entity = Nobody.Instance;

        await EventFilter.Error(contains: "out of order").ExpectOneAsync(async () =>
        {
            entity = TransactionEntity();
            await WatchAsync(entity);
            entity.Tell(new Request(1, Given.Begin), TestActor);
            entity.Tell(new Request(2, Given.Begin), TestActor);
            await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(300));
        });
    }

    private async Task Store(string persistenceId, object @event)
    {
        var writer = Sys.ActorOf(Props.Create(() => new Writer(persistenceId)));
        writer.Tell(@event, TestActor);
        await ExpectMsgAsync<object>(stored => stored.Equals(@event));
        await WatchAsync(writer);
        writer.Tell(PoisonPill.Instance);
        await ExpectTerminatedAsync(writer);
    }

    private sealed class Writer : ReceivePersistentActor
    {
        public Writer(string persistenceId)
        {
            PersistenceId = persistenceId;
            CommandAny(message => Persist(message, stored => Sender.Tell(stored)));
        }

        public override string PersistenceId { get; }
    }
}
