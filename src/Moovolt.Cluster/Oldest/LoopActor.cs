using Akka.Actor;
using Akka.Event;

namespace Moovolt.Cluster.Oldest;

/// <summary>Keeps one loop going.</summary>
internal sealed class LoopActor : ReceiveActor, IWithTimers, IDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(200);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(10);

    /// <summary>Less than the cluster singleton waits for a hand-over (15 s).</summary>
    private static readonly TimeSpan Farewell = TimeSpan.FromSeconds(10);

    private readonly Loop loop;
    private readonly ILoggingAdapter log = Context.GetLogger();
    private readonly CancellationTokenSource stopping = new();
    private TimeSpan pause = FirstPause;
    private DateTime startedAt;

    public LoopActor(Loop loop)
    {
        this.loop = loop;

        Receive<Again>(_ => Run());
        Receive<Ended>(ended =>
        {
            if (DateTime.UtcNow - startedAt > LongestPause) pause = FirstPause;
            log.Error(ended.Cause,
                "The loop '{0}' has failed; it starts again in {1} s.", loop.Name, pause.TotalSeconds);
            Timers.StartSingleTimer(Again.Now, Again.Now, pause);
            pause = TimeSpan.FromTicks(Math.Min(pause.Ticks * 2, LongestPause.Ticks));
        });
        Receive<HandOver>(_ =>
        {
            if (Timers.IsTimerActive(Again.Now))
            {
                Context.Stop(Self);
                return;
            }

            Timers.StartSingleTimer(TooLate.Now, TooLate.Now, Farewell);
            Become(Leaving);
            stopping.Cancel();
        });
    }

    public ITimerScheduler Timers { get; set; } = null!; // set by Akka before the first message

    protected override void PreStart() => Run();

    protected override void PostStop()
    {
        stopping.Cancel();
        Dispose();
    }

    public void Dispose() => stopping.Dispose();

    private void Leaving()
    {
        Receive<Ended>(_ => Context.Stop(Self));
        Receive<TooLate>(_ =>
        {
            log.Warning("The loop '{0}' has not ended within {1} s; another member takes over.",
                loop.Name, Farewell.TotalSeconds);
            Context.Stop(Self);
        });
    }

    // On a thread of the pool and not on the actor's: a loop over SQLite never yields (its calls are synchronous).
    private void Run()
    {
        startedAt = DateTime.UtcNow;
        var token = stopping.Token;
        Task.Run(() => loop.Run(token), token).PipeTo(
            Self,
            success: () => new Ended(new InvalidOperationException("It returned.")),
            failure: cause => new Ended(cause));
    }

    private sealed record Ended(Exception Cause);

    private sealed class Again
    {
        public static readonly Again Now = new();
    }

    private sealed class TooLate
    {
        public static readonly TooLate Now = new();
    }
}
