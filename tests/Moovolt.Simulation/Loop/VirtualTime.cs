namespace Moovolt.Simulation.Loop;

/// <summary>The clock of one node: the loop's, as far off as the node's own clock runs.</summary>
internal sealed class VirtualTime(EventLoop loop, TimeSpan ahead = default) : TimeProvider
{
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => EventLoop.Begin + loop.Now + ahead;

    public override long GetTimestamp() => loop.Now.Ticks;

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) =>
        new Timer(loop, () => callback(state), dueTime, period);

    private sealed class Timer : ITimer
    {
        private readonly EventLoop loop;
        private readonly Action callback;
        private Alarm? alarm;

        public Timer(EventLoop loop, Action callback, TimeSpan dueTime, TimeSpan period)
        {
            (this.loop, this.callback) = (loop, callback);
            Change(dueTime, period);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            alarm?.Cancel();
            alarm = dueTime == Timeout.InfiniteTimeSpan ? null : loop.After(dueTime, () => Ring(period));
            return true;
        }

        public void Dispose() => alarm?.Cancel();

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }

        private void Ring(TimeSpan period)
        {
            if (period != Timeout.InfiniteTimeSpan && period > TimeSpan.Zero)
                alarm = loop.After(period, () => Ring(period));
            callback();
        }
    }
}

/// <summary>What awaits on the loop's thread goes on there.</summary>
internal sealed class LoopContext(EventLoop loop) : SynchronizationContext
{
    public override void Post(SendOrPostCallback d, object? state) => loop.Post(() => d(state));

    public override void Send(SendOrPostCallback d, object? state) => d(state);

    public override SynchronizationContext CreateCopy() => this;
}
