using Akka.Actor;
using Akka.Configuration;
using Akka.Dispatch;
using Akka.Event;

namespace Moovolt.Simulation.Loop;

/// <summary>Akka's timers, in the virtual time of <see cref="EventLoop.Current"/>.</summary>
public sealed class LoopScheduler : SchedulerBase, IDateTimeOffsetNowTimeProvider
{
    private readonly EventLoop loop = EventLoop.Current;

    public LoopScheduler(Config config, ILoggingAdapter log)
        : base(config, log)
    {
    }

    public override TimeSpan MonotonicClock => loop.Now;

    public override TimeSpan HighResMonotonicClock => loop.Now;

    protected override DateTimeOffset TimeNow => EventLoop.Begin + loop.Now;

    protected override void InternalScheduleTellOnce(
        TimeSpan delay, ICanTell receiver, object message, IActorRef sender, ICancelable cancelable) =>
        Once(delay, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleTellRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, ICanTell receiver, object message, IActorRef sender,
        ICancelable cancelable) =>
        Repeatedly(initialDelay, interval, () => receiver.Tell(message, sender), cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, Action action, ICancelable cancelable) =>
        Once(delay, action, cancelable);

    protected override void InternalScheduleOnce(TimeSpan delay, IRunnable action, ICancelable cancelable) =>
        Once(delay, action.Run, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, Action action, ICancelable cancelable) =>
        Repeatedly(initialDelay, interval, action, cancelable);

    protected override void InternalScheduleRepeatedly(
        TimeSpan initialDelay, TimeSpan interval, IRunnable action, ICancelable cancelable) =>
        Repeatedly(initialDelay, interval, action.Run, cancelable);

    private void Once(TimeSpan delay, Action action, ICancelable? cancelable) => loop.After(delay, () =>
    {
        if (cancelable?.IsCancellationRequested != true) action();
    });

    private void Repeatedly(TimeSpan delay, TimeSpan interval, Action action, ICancelable? cancelable) =>
        Once(
            delay,
            () =>
            {
                action();
                Repeatedly(interval, interval, action, cancelable);
            },
            cancelable);
}
