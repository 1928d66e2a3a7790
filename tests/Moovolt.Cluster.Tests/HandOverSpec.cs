using Akka.Actor;
using Moovolt.Domain;
using Moovolt.Domain.Transactions;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

public sealed class HandOverSpec(ITestOutputHelper output) : EntityKit(
    """
    akka.persistence.journal.plugin = "slow"
    slow.class = "Moovolt.Cluster.Tests.SlowSharedJournal, Moovolt.Cluster.Tests"
    """,
    output)
{
    [Fact]
    public async Task An_entity_that_must_leave_first_stores_and_answers_what_it_was_asked()
    {
        var entity = TransactionEntity();
        await WatchAsync(entity);
        entity.Tell(new Request(1, Given.Begin), TestActor);
        entity.Tell(new Request(2, Given.End), TestActor);
        entity.Tell(Shards.Leave.Now);

        Assert.IsType<Began>((await ExpectMsgAsync<Answer>()).Reply);
        Assert.IsType<Reply.Accepted>((await ExpectMsgAsync<Answer>()).Reply);
        await ExpectTerminatedAsync(entity);

        await Ask<Reply.Repeated>(TransactionEntity(), Given.End);
    }
}
