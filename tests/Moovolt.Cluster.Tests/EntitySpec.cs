using Akka.Actor;
using Akka.Cluster.Sharding;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;
using Moovolt.Domain.Transactions;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

public sealed class EntitySpec(ITestOutputHelper output) : EntityKit("", output)
{
    [Fact]
    public async Task An_entity_outlives_its_actor()
    {
        var first = TransactionEntity();
        await Ask<Began>(first, Given.Begin);
        await Leave(first);

        var second = TransactionEntity();
        await Ask<Reply.Accepted>(second, Given.End);
        await Ask<Reply.Repeated>(second, Given.End);
        Assert.Equal(2, Stored);
    }

    [Fact]
    public async Task Notes_go_to_other_entities_after_the_commit_and_expect_no_answer()
    {
        await Ask<Began>(TransactionEntity(), Given.Begin);

        var note = await Others.ExpectMsgAsync<Told>();
        Assert.IsType<NoteTransactionBegan>(note.Command);
        Assert.Equal(0, note.Ticket);
        Assert.Equal(Sys.DeadLetters, Others.LastSender);
    }

    [Fact]
    public async Task A_forward_keeps_who_asks_and_the_number_it_waits_under()
    {
        ChargePointEntity().Tell(new Request(42, Given.Number), TestActor);

        var forward = await Others.ExpectMsgAsync<Told>();
        Assert.IsType<BeginTransaction>(forward.Command);
        Assert.Equal(42, forward.Ticket);
        Assert.Equal(TestActor, Others.LastSender);
        await ExpectNoMsgAsync(TimeSpan.FromMilliseconds(100));
    }

    [Fact]
    public async Task A_session_gets_what_it_is_due_and_an_older_one_is_told_to_close()
    {
        var entity = ChargePointEntity();
        var old = CreateTestProbe("old");
        entity.Tell(new Request(1, Given.Open("a")), old);
        var epoch = ((SessionOpen)(await old.ExpectMsgAsync<Answer>()).Reply).Epoch;
        entity.Tell(new Request(2, Given.Boot(epoch)), old);
        await old.ExpectMsgAsync<Answer>();
        await Ask<RequestStanding>(entity, Given.Request("r-1"));
        Assert.Equal("r-1", (await old.ExpectMsgAsync<CallStation>()).RequestId);

        await Ask<SessionOpen>(entity, Given.Open("b"));

        Assert.Equal(epoch, (await old.ExpectMsgAsync<CloseSocket>()).Epoch);
    }

    [Fact]
    public async Task A_session_is_found_again_after_its_entity_has_moved_and_gets_what_it_has_not_answered()
    {
        var first = ChargePointEntity();
        var epoch = (await Ask<SessionOpen>(first, Given.Open("a"))).Epoch;
        await Ask<BootAnswered>(first, Given.Boot(epoch));
        first.Tell(new Request(3, Given.Request("r-1")), CreateTestProbe("operator"));
        await ExpectMsgAsync<CallStation>();
        await Leave(first);

        var second = ChargePointEntity();
        Assert.Equal(epoch, (await Ask<SessionOpen>(second, Given.Open("a", epoch))).Epoch);
        Assert.Equal("r-1", (await ExpectMsgAsync<CallStation>()).RequestId);
    }

    [Fact]
    public async Task A_charge_point_in_session_stays_and_one_without_asks_to_leave()
    {
        var shard = CreateTestProbe("shard");
        var entity = shard.ChildActorOf(ChargePointProps(leavesAfter: TimeSpan.FromMilliseconds(200)));
        await shard.ExpectMsgAsync<Passivate>();
        var epoch = (await Ask<SessionOpen>(entity, Given.Open("a"))).Epoch;
        await shard.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(500));

        await Ask<Reply.Accepted>(entity, new CloseSession(Given.Station, epoch, "gone", Given.Noon));
        var passivate = await shard.ExpectMsgAsync<Passivate>();

        await WatchAsync(entity);
        entity.Tell(passivate.StopMessage);
        await ExpectTerminatedAsync(entity);
    }
}
