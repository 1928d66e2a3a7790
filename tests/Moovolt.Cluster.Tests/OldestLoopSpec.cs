using System.Collections.Concurrent;
using Akka.Actor;
using Moovolt.Cluster.Oldest;
using Xunit.Abstractions;

namespace Moovolt.Cluster.Tests;

[Collection("Heavy")]
public sealed class OldestLoopSpec(ITestOutputHelper output) : MemberKit(output)
{
    private static void Nothing()
    {
    }

    [Fact]
    public async Task A_loop_runs_on_the_oldest_member_alone_and_moves_when_it_leaves()
    {
        var (a, b) = (Start(), Start());
        var (onA, onB) = (new Running(), new Running());
        OldestLoop.Start(a, Nothing, onA.Loop);
        OldestLoop.Start(b, Nothing, onB.Loop);
        await Join(a, b);
        await Until(() => onA.Starts == 1);
        Assert.Equal(0, onB.Starts);

        await LeaveCluster(a);

        await Until(() => onB.Starts == 1);
        Assert.True(onA.EndedAt <= onB.StartedAt, "Both ran at once.");
    }

    [Fact]
    public async Task A_loop_that_fails_is_started_again()
    {
        var member = Start();
        var starts = 0;
        OldestLoop.Start(member, Nothing, new Loop("failing", async cancellation =>
        {
            if (Interlocked.Increment(ref starts) < 3) throw new IOException("The database is away.");
            await Task.Delay(Timeout.Infinite, cancellation);
        }));

        await Join(member);

        await Until(() => Volatile.Read(ref starts) == 3);
    }

    [Fact]
    public async Task A_loop_that_never_yields_holds_up_nobody_and_is_left_behind()
    {
        var member = Start();
        using var release = new ManualResetEventSlim();
        using var other = new SemaphoreSlim(0);
        OldestLoop.Start(
            member,
            Nothing,
            new Loop("stubborn", _ => { release.Wait(TimeSpan.FromSeconds(60), CancellationToken.None); return Task.CompletedTask; }),
            new Loop("other", async cancellation => { other.Release(); await Task.Delay(Timeout.Infinite, cancellation); }));
        await Join(member);
        Assert.True(await other.WaitAsync(TimeSpan.FromSeconds(10)));

        await LeaveCluster(member).WaitAsync(TimeSpan.FromSeconds(40));

        release.Set();
    }

    [Fact]
    public async Task What_any_member_stores_is_hinted_where_the_loops_run_and_a_burst_is_few_hints()
    {
        var (a, b) = (Start(), Start("akka.cluster.roles = [entities]"));
        var hints = new ConcurrentQueue<DateTime>();
        OldestLoop.Start(a, () => hints.Enqueue(DateTime.UtcNow));
        var (storedOnA, storedOnB) = (OldestLoop.Hint(a), OldestLoop.Hint(b));
        await Join(a, b);
        await Until(() =>
        {
            storedOnB();
            return !hints.IsEmpty;
        });
        await Task.Delay(300);
        hints.Clear();

        for (var n = 0; n < 10_000; n++) storedOnA();

        await Until(() => hints.Count >= 2); // the first at once, one for the rest
        await Task.Delay(200);
        Assert.InRange(hints.Count, 2, 10);
    }

    private sealed class Running
    {
        private int starts;

        public int Starts => Volatile.Read(ref starts);
        public DateTime StartedAt { get; private set; }
        public DateTime EndedAt { get; private set; }

        public Loop Loop => new("loop", async cancellation =>
        {
            StartedAt = DateTime.UtcNow;
            Interlocked.Increment(ref starts);
            try
            {
                await Task.Delay(Timeout.Infinite, cancellation);
            }
            finally
            {
                await Task.Delay(500, CancellationToken.None); // takes its time to end
                EndedAt = DateTime.UtcNow;
            }
        });
    }
}
