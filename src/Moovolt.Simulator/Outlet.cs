using System.Diagnostics;
using System.Threading.Channels;

namespace Moovolt.Simulator;

/// <summary>What can be seen of a connector, in OCPP 1.6's words, which are the finest.</summary>
internal enum OutletStatus
{
    Available,
    Preparing,
    Charging,
    Finishing,
    Unavailable,
}

/// <summary>A connector with its meter, and the drivers who come to it. It charges with or without a line.</summary>
internal sealed class Outlet
{
    private static readonly int[] UsualWatts = [3_700, 7_400, 11_000, 22_000];
    private readonly SimulatedCharger charger;
    private readonly string idTag;
    private readonly Random random;
    private readonly int watts;
    private readonly Meter meter;
    private readonly Channel<Driver> wishes = Channel.CreateBounded<Driver>(1);
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

    /// <summary>What was told last, or would have been.</summary>
    public OutletStatus Status { get; private set; } = OutletStatus.Available;

    public bool IsCharging => session is not null;

    public ChargingSession? Session => session;

    public bool IsFree => !taken && operative && !charger.Finishing.IsCompleted;

    /// <summary>
    /// Somebody far away begins a session here. One who comes too late finds it taken, as at a real charger.
    /// </summary>
    public void Wish(Driver driver) => wishes.Writer.TryWrite(driver);

    public void Stop(StopCause cause) => session?.End(cause);

    public void Change(bool toOperative)
    {
        operative = toOperative;
        if (!IsCharging) Show(toOperative ? OutletStatus.Available : OutletStatus.Unavailable);
    }

    /// <summary>Drivers come and go, until there are no more or the charger is switched off.</summary>
    public async Task Run(CancellationToken off)
    {
        var sessions = 0;
        while (charger.Behaviour.SessionsEach is not { } most || sessions < most)
        {
            if (await NextDriver(off) is not { } driver) return;
            taken = true;
            if (await Charge(driver, off)) sessions++;
            wishes.Reader.TryRead(out _); // who came too late has left
            taken = false;
        }
    }

    /// <summary>The power is gone: what was charging is told to the ledger as it stands.</summary>
    public void SwitchOff()
    {
        if (session is { } unfinished) charger.Ended(unfinished, "running", meter.WattHours);
    }

    private async Task<Driver?> NextDriver(CancellationToken off)
    {
        while (!charger.Finishing.IsCompleted)
        {
            var walksUp = Rest();
            if (walksUp != TimeSpan.Zero)
            {
                using var waiting = CancellationTokenSource.CreateLinkedTokenSource(off);
                var wish = wishes.Reader.WaitToReadAsync(waiting.Token).AsTask();
                await Task.WhenAny(wish, charger.Finishing, Task.Delay(walksUp, waiting.Token));
                await waiting.CancelAsync();
                off.ThrowIfCancellationRequested();
            }

            if (wishes.Reader.TryRead(out var called)) return called;
            if (operative && charger.Behaviour.Workload != Workload.Idle && !charger.Finishing.IsCompleted)
                return new Driver(idTag, Remote: false);
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
    private async Task<bool> Charge(Driver driver, CancellationToken off)
    {
        Show(OutletStatus.Preparing);
        if (charger.Behaviour is { Authorize: true, Workload: not Workload.ClosedLoop } && !driver.Remote
            && await charger.Say(charger.Tongue.Authorize(driver.Tag)) is { Outcome: Outcome.Ok, Accepted: false })
        {
            charger.TokenRefused();
            Show(OutletStatus.Available);
            return false;
        }

        var mine = new ChargingSession(
            charger.Id, charger.Tongue.Protocol, Number, driver, charger.Clock.Next(), meter.WattHours,
            charger.Tongue.NewTransactionId());
        session = mine;
        await Tell(charger.Tongue.Began(mine, offline: !charger.IsOnline), off);
        Show(OutletStatus.Charging);
        var cause = charger.Behaviour.Workload == Workload.ClosedLoop ? await Race(mine, off) : await Draw(mine, off);
        var stop = charger.Tongue.Ended(
            mine, meter.WattHours, cause, charger.Clock.Next(), offline: !charger.IsOnline);
        session = null;
        charger.Ended(mine, "ended", meter.WattHours);
        await Tell(stop, off);
        Show(OutletStatus.Finishing);
        Show(operative ? OutletStatus.Available : OutletStatus.Unavailable);
        return true;
    }

    // At a real pace: the meter runs with the clock, and is read each interval.
    private async Task<StopCause> Draw(ChargingSession mine, CancellationToken off)
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
            if (last || charger.Finishing.IsCompleted) return StopCause.Local;
            await Sample(mine, off);
        }
    }

    // In time-lapse: each sample stands for an interval that nobody waited for.
    private async Task<StopCause> Race(ChargingSession mine, CancellationToken off)
    {
        for (var sample = 0; sample < charger.Behaviour.ClosedLoopSamples; sample++)
        {
            meter.Run(charger.Settings.MeterEvery);
            await Sample(mine, off);
            if (mine.Ending.IsCompletedSuccessfully) return mine.Ending.Result;
        }

        meter.Run(charger.Settings.MeterEvery);
        return StopCause.Local;
    }

    private Task Sample(ChargingSession mine, CancellationToken off)
    {
        mine.Samples++;
        return Tell(
            charger.Tongue.Metered(mine, meter.WattHours, watts, charger.Clock.Next(), offline: !charger.IsOnline),
            off);
    }

    private Task Tell(TransactionMessage message, CancellationToken off)
    {
        charger.Enqueue(message);
        return charger.Behaviour.Workload == Workload.ClosedLoop ? message.Settled.WaitAsync(off) : Task.CompletedTask;
    }

    private void Show(OutletStatus status)
    {
        var before = Status;
        Status = status;
        if (status == before || !charger.Tongue.IsSame(before, status)) charger.Announce(Number, status);
    }
}
