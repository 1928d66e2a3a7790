using Akka.Actor;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

[Collection("Heavy")]
public sealed class StrandedSpec(ITestOutputHelper output) : MemberKit(output)
{
    private static readonly TimeSpan Often = TimeSpan.FromMilliseconds(100);

    [Fact]
    public async Task A_member_that_alone_cannot_store_leaves_and_the_others_stay()
    {
        var (a, b, c) = (Start(), Start(), Start());
        await Join(a, b, c);
        Stranded.Watch(a, () => true, Often);
        Stranded.Watch(b, () => false, Often);
        Stranded.Watch(c, () => true, Often);

        await Until(() => b.WhenTerminated.IsCompleted);
        var reason = CoordinatedShutdown.Get(b).ShutdownReason;
        Assert.Equal(GivingUp.Code, Assert.IsType<GivingUp>(reason).ExitCode);
        Assert.False(a.WhenTerminated.IsCompleted || c.WhenTerminated.IsCompleted);
        await Until(() => UpMembers(a) == 2);
    }

    [Fact]
    public async Task While_nobody_can_store_everybody_stays_and_who_can_again_stays_too()
    {
        var (a, b) = (Start(), Start());
        await Join(a, b);
        var (looks, canA, canB) = (0, false, false);
        Stranded.Watch(a, () => canA, Often);
        Stranded.Watch(b, () => Interlocked.Increment(ref looks) > 0 && Volatile.Read(ref canB), Often);

        await Until(() => Volatile.Read(ref looks) > 60); // its own, and answers to the other
        Assert.Equal(2, UpMembers(a));

        // The one that notices first that the database is back does not send the other away.
        Volatile.Write(ref canA, true);
        var seen = Volatile.Read(ref looks);
        await Until(() => Volatile.Read(ref looks) > seen + 3);
        Volatile.Write(ref canB, true);
        seen = Volatile.Read(ref looks);
        await Until(() => Volatile.Read(ref looks) > seen + 30);
        Assert.Equal(2, UpMembers(a));
        Assert.False(a.WhenTerminated.IsCompleted || b.WhenTerminated.IsCompleted);
    }
}
