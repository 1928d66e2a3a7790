using Akka.Actor;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

/// <summary>The promise that matters most: nobody hears of an event that was not stored.</summary>
public abstract class UnreliableJournalSpec(string hocon, ITestOutputHelper output) : EntityKit(hocon, output)
{
    private static readonly TimeSpan LongEnough = TimeSpan.FromMilliseconds(700);

    [Fact]
    public async Task Nobody_hears_a_reply_or_a_note()
    {
        TransactionEntity().Tell(new Request(1, Given.Begin), TestActor);

        await Silence();
    }

    [Fact]
    public async Task Nobody_hears_a_forward()
    {
        ChargePointEntity().Tell(new Request(1, Given.Number), TestActor);

        await Silence();
    }

    [Fact]
    public async Task No_session_hears_that_it_is_open_nor_is_given_anything()
    {
        ChargePointEntity().Tell(new Request(1, Given.Open("a")), TestActor);
        ChargePointEntity().Tell(new Request(2, Given.Boot(1)), TestActor);
        ChargePointEntity().Tell(new Request(3, Given.Request("r-1") with { QueueUntil = Given.Noon }), TestActor);

        // The wish is refused, since nothing is known of the charge point: a refusal is not an event.
        Assert.IsType<Reply.Refused>((await ExpectMsgAsync<Answer>()).Reply);
        await Silence();
    }

    private async Task Silence()
    {
        await ExpectNoMsgAsync(LongEnough);
        await Others.ExpectNoMsgAsync(TimeSpan.FromMilliseconds(50));
        Assert.Equal(0, Stored);
    }
}

public sealed class FullJournalSpec(ITestOutputHelper output) : UnreliableJournalSpec(
    """
    akka.persistence.journal.plugin = "full"
    full.class = "Moovolt.Cluster.Tests.FullJournal, Moovolt.Cluster.Tests"
    """,
    output);

public sealed class RejectingJournalSpec(ITestOutputHelper output) : UnreliableJournalSpec(
    """
    akka.persistence.journal.plugin = "serializing"
    serializing.class = "Moovolt.Cluster.Tests.SerializingJournal, Moovolt.Cluster.Tests"
    akka.actor.serializers.broken = "Moovolt.Cluster.Tests.BrokenSerializer, Moovolt.Cluster.Tests"
    akka.actor.serialization-bindings {
      "Moovolt.Domain.ChargePoints.ChargePointEvent, Moovolt.Domain" = broken
      "Moovolt.Domain.Transactions.TransactionEvent, Moovolt.Domain" = broken
    }
    """,
    output);

public sealed class SilentJournalSpec(ITestOutputHelper output) : UnreliableJournalSpec(
    """
    akka.persistence.journal.plugin = "silent"
    silent.class = "Moovolt.Cluster.Tests.SilentJournal, Moovolt.Cluster.Tests"
    silent.circuit-breaker.call-timeout = 1h
    """,
    output);

/// <summary>As above, with the breaker that gives up on the write while the test listens.</summary>
public sealed class GivenUpJournalSpec(ITestOutputHelper output) : UnreliableJournalSpec(
    """
    akka.persistence.journal.plugin = "silent"
    silent.class = "Moovolt.Cluster.Tests.SilentJournal, Moovolt.Cluster.Tests"
    silent.circuit-breaker.call-timeout = 200ms
    """,
    output);
