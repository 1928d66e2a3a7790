using Akka.Dispatch;

namespace Moovolt.Simulation.Loop;

/// <summary>
/// Everything that happens in one schedule, on one thread and in virtual time: what is ready runs in an order that the
/// seed decides, and when nothing is ready, time moves to whatever is due next.
/// </summary>
internal sealed class EventLoop(int seed)
{
    /// <summary>When every schedule begins.</summary>
    public static readonly DateTimeOffset Begin = new(2026, 1, 1, 12, 0, 0, TimeSpan.Zero);

    [ThreadStatic]
    private static EventLoop? current;

    private readonly PriorityQueue<Alarm, (long At, long Order)> alarms = new();
    private readonly List<IRunnable> ready = [];
    private long order;

    /// <summary>The one of this thread: what Akka makes by itself finds it here.</summary>
    public static EventLoop Current
    {
        get => current ?? throw new InvalidOperationException("No simulation runs on this thread.");
        set => current = value;
    }

    /// <summary>All chance of this schedule, in one stream.</summary>
    public Random Chance { get; } = new(seed);

    /// <summary>How long the schedule has lasted.</summary>
    public TimeSpan Now { get; private set; }

    /// <summary>How many steps were taken.</summary>
    public long Steps { get; private set; }

    /// <summary>A number that two runs share only if they took the same steps.</summary>
    public ulong Digest { get; private set; } = 14695981039346656037;

    public void Note(long what)
    {
        unchecked
        {
            Digest = (Digest ^ (ulong)what) * 1099511628211;
        }
    }

    public void Note(string what)
    {
        foreach (var unit in what) Note(unit);
    }

    /// <summary>Has something run as soon as its turn comes.</summary>
    public void Post(IRunnable run) => ready.Add(run);

    public void Post(Action run) => ready.Add(new Act(run));

    /// <summary>Has something run after a while.</summary>
    public Alarm After(TimeSpan delay, Action run)
    {
        var alarm = new Alarm(run);
        alarms.Enqueue(alarm, ((Now + (delay > TimeSpan.Zero ? delay : TimeSpan.Zero)).Ticks, order++));
        return alarm;
    }

    /// <summary>Runs until that time, or until there is nothing to do.</summary>
    public void RunUntil(TimeSpan end, Func<bool> enough)
    {
        while (!enough())
        {
            if (ready.Count > 0) Run();
            else if (!Advance(end)) return;
        }
    }

    private void Run()
    {
        var which = ready.Count == 1 ? 0 : Chance.Next(ready.Count);
        Note(ready.Count);
        var run = ready[which];
        ready[which] = ready[^1];
        ready.RemoveAt(ready.Count - 1);
        Steps++;
        run.Run();
    }

    private bool Advance(TimeSpan end)
    {
        if (!alarms.TryPeek(out _, out var next) || next.At > end.Ticks)
        {
            Now = end;
            return false;
        }

        var alarm = alarms.Dequeue();
        Now = TimeSpan.FromTicks(next.At);
        if (alarm.IsOff) return true;
        Note(next.At);
        Steps++;
        alarm.Ring();
        return true;
    }

    private sealed class Act(Action run) : IRunnable
    {
        public void Run() => run();

        public void Execute() => run();
    }
}

/// <summary>Something that is due at a time.</summary>
internal sealed class Alarm(Action run)
{
    public bool IsOff { get; private set; }

    public void Cancel() => IsOff = true;

    public void Ring()
    {
        IsOff = true;
        run();
    }
}
