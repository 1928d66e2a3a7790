using System.Diagnostics;
using System.Threading.Channels;

namespace Moovolt.Simulator;

/// <summary>A connector with its meter, and the drivers who come to it. It charges with or without a line.</summary>
internal sealed class Outlet
{
    private static readonly int[] UsualWatts = [3_700, 7_400, 11_000, 22_000];
    private readonly SimulatedCharger charger;
    private readonly string idTag;
    private readonly Random random;
    private readonly int watts;
    private readonly Meter meter;
    private readonly Channel<string> wishes = Channel.CreateBounded<string>(1);
    private volatile ChargingSession? session;
    private volatile bool operative = true;
    private volatile bool taken;

    public Outlet(SimulatedCharger charger, int number, string idTag, int seed)
    {
        this.charger = charger;
        this.idTag = idTag;
        Number = number;
        random = new Random(seed);
        watts = charger.Behaviour.Watts ?? UsualWatts[random.Next(UsualWatts.Length)];
        meter = new Meter(random.Next(5_000_000), watts);
    }

    public int Number { get; }

    /// <summary>What the last StatusNotification said, or would have said.</summary>
    public string Status { get; private set; } = "Available";

    public bool IsCharging => session is not null;

    public ChargingSession? Session => session;

    public bool IsFree => !taken && operative && !charger.Finishing.IsCompleted;

    /// <summary>
    /// Somebody far away begins a session here. One who comes too late finds it taken, as at a real charger.
    /// </summary>
    public void Wish(string tag) => wishes.Writer.TryWrite(tag);

    public void Stop(string reason) => session?.End(reason);

    public void Change(bool toOperative)
    {
        operative = toOperative;
        if (!IsCharging) Show(toOperative ? "Available" : "Unavailable");
    }

    /// <summary>Drivers come and go, until there are no more or the charger is switched off.</summary>
    public async Task Run(CancellationToken off)
    {
        var sessions = 0;
        while (charger.Behaviour.SessionsEach is not { } most || sessions < most)
        {
            if (await NextDriver(off) is not var (tag, remote)) return;
            taken = true;
            if (await Charge(tag, remote, off)) sessions++;
            wishes.Reader.TryRead(out _); // who came too late has left
            taken = false;
        }
    }

    /// <summary>The power is gone: what was charging is told to the ledger as it stands.</summary>
    public void SwitchOff()
    {
        if (session is { } unfinished) charger.Ended(unfinished, "running", meter.WattHours);
    }

    private async Task<(string Tag, bool Remote)?> NextDriver(CancellationToken off)
    {
        while (!charger.Finishing.IsCompleted)
        {
            var walksUp = Rest();
            if (walksUp != TimeSpan.Zero)
            {
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(off);
                var called = wishes.Reader.WaitToReadAsync(waiting.Token).AsTask();
                await Task.WhenAny(called, charger.Finishing, Task.Delay(walksUp, waiting.Token));
                await waiting.CancelAsync();
                off.ThrowIfCancellationRequested();
            }

            if (wishes.Reader.TryRead(out var tag)) return (tag, true);
            if (operative && charger.Behaviour.Workload != Workload.Idle && !charger.Finishing.IsCompleted)
                return (idTag, false);
        }

        return null;
    }

    private TimeSpan Rest() => charger.Behaviour.Workload switch
    {
        Workload.Idle => Timeout.InfiniteTimeSpan,
        Workload.ClosedLoop when operative => TimeSpan.Zero,
        _ => charger.Behaviour.Pause * random.NextDouble() + TimeSpan.FromMilliseconds(1),
    };

    /// <returns>False when the server did not want the driver.</returns>
    private async Task<bool> Charge(string tag, bool remote, CancellationToken off)
    {
        Show("Preparing");
        if (charger.Behaviour is { Authorize: true, Workload: not Workload.ClosedLoop } && !remote
            && await charger.Say(new Authorize(tag)) is { Outcome: Outcome.Ok, Accepted: false })
        {
            charger.TokenRefused();
            Show("Available");
            return false;
        }

        var mine = new ChargingSession(charger.Id, Number, tag, charger.Clock.Next(), meter.WattHours);
        session = mine;
        await Tell(new StartTransaction(mine), off);
        Show("Charging");
        var reason = charger.Behaviour.Workload == Workload.ClosedLoop ? await Race(mine, off) : await Draw(mine, off);
        var stop = new StopTransaction(mine, meter.WattHours, reason, charger.Clock.Next());
        session = null;
        charger.Ended(mine, "ended", meter.WattHours);
        await Tell(stop, off);
        Show("Finishing");
        Show(operative ? "Available" : "Unavailable");
        return true;
    }

    // At a real pace: the meter runs with the clock, and is read each interval.
    private async Task<string> Draw(ChargingSession mine, CancellationToken off)
    {
        var begun = Stopwatch.GetTimestamp();
        var read = begun;
        while (true)
        {
            var left = charger.Behaviour.SessionLength - Stopwatch.GetElapsedTime(begun);
            var every = charger.Settings.MeterEvery;
            var last = left <= every;
            await Task.WhenAny(Task.Delay(last ? (left > TimeSpan.Zero ? left : TimeSpan.Zero) : every, off),
                mine.Ending, charger.Finishing);
            off.ThrowIfCancellationRequested();
            var now = Stopwatch.GetTimestamp();
            meter.Run(Stopwatch.GetElapsedTime(read, now));
            read = now;
            if (mine.Ending.IsCompletedSuccessfully) return mine.Ending.Result;
            if (last || charger.Finishing.IsCompleted) return "Local";
            await Sample(mine, off);
        }
    }

    // In time-lapse: each sample stands for an interval that nobody waited for.
    private async Task<string> Race(ChargingSession mine, CancellationToken off)
    {
        for (var sample = 0; sample < charger.Behaviour.ClosedLoopSamples; sample++)
        {
            meter.Run(charger.Settings.MeterEvery);
            await Sample(mine, off);
            if (mine.Ending.IsCompletedSuccessfully) return mine.Ending.Result;
        }

        meter.Run(charger.Settings.MeterEvery);
        return "Local";
    }

    private Task Sample(ChargingSession mine, CancellationToken off)
    {
        mine.Samples++;
        return Tell(new MeterValues(mine, meter.WattHours, watts, charger.Clock.Next()), off);
    }

    private Task Tell(TransactionMessage message, CancellationToken off)
    {
        charger.Enqueue(message);
        return charger.Behaviour.Workload == Workload.ClosedLoop ? message.Settled.WaitAsync(off) : Task.CompletedTask;
    }

    private void Show(string status)
    {
        Status = status;
        charger.Announce(Number, status);
    }
}
