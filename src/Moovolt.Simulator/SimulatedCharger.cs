using System.Collections.Immutable;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json;

namespace Moovolt.Simulator;

/// <summary>Which charger it is and where it dials.</summary>
/// <param name="Id">Its identity: the last segment of the address.</param>
/// <param name="IdTag">The token that its driver holds.</param>
/// <param name="Nodes">Addresses up to the identity, ws://host/ocpp.</param>
/// <param name="FirstNode">Where in that list it begins.</param>
/// <param name="Password">For HTTP Basic; null: none is sent.</param>
/// <param name="Seed">Of its own chance.</param>
/// <param name="Protocol">What it speaks.</param>
public sealed record ChargerPlate(
    string Id, string IdTag, ImmutableArray<Uri> Nodes, int FirstNode = 0, string? Password = null, int Seed = 0,
    Protocol Protocol = Protocol.Ocpp16);

/// <summary>
/// A charger that speaks OCPP over a real socket, and whose meter cannot lie. It charges whether it is connected or
/// not; what must not be lost waits in its queue, in order, until the server has acknowledged it.
/// </summary>
public sealed class SimulatedCharger
{
    private static readonly TimeSpan LongestGoodbye = TimeSpan.FromSeconds(5);
    private readonly ChargerPlate plate;
    private readonly Ledger ledger;
    private readonly FleetStatistics statistics;
    private readonly Random random;
    private readonly Controls controls;
    private readonly ImmutableArray<Outlet> outlets;
    private readonly OfflineQueue queue;
    private readonly TaskCompletionSource finishing = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly TaskCompletionSource commissioned = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Uplink? online;
    private bool booted;
    private bool restarted;
    private int epoch;
    private long messageIds;
    private readonly string run;

    internal SimulatedCharger(
        ChargerPlate plate, ChargerBehaviour behaviour, Ledger ledger, FleetStatistics statistics, Pacer? pacer = null)
    {
        this.plate = plate;
        this.ledger = ledger;
        this.statistics = statistics;
        Behaviour = behaviour;
        Clock = new ChargerClock(behaviour.ClockAhead);
        Tongue = Tongues.Of(plate.Protocol);
        random = new Random(plate.Seed);
        // Message ids are unique over all connections of this identity, also those of an earlier run (OCPP-J 1.6,
        // errata).
        run = $"{Stopwatch.GetTimestamp():x}";
        Settings = new ChargerSettings(behaviour);
        outlets = [.. Enumerable.Range(1, behaviour.Connectors)
            .Select(n => new Outlet(this, n, plate.IdTag, random.Next()))];
        queue = new OfflineQueue(this, statistics, pacer, new Random(random.Next()));
        controls = new Controls(this, outlets);
    }

    public string Id => plate.Id;

    /// <summary>Booted, and its line is up.</summary>
    public bool IsOnline => online is { IsUp: true };

    /// <summary>A session is running at one of its connectors, whether there is a line or not.</summary>
    public bool IsCharging => outlets.Any(outlet => outlet.IsCharging);

    /// <summary>Transaction messages that are not acknowledged yet.</summary>
    public int Pending => queue.Count;

    /// <summary>How long the oldest of them has waited; nothing when there is none.</summary>
    public TimeSpan OldestWait =>
        queue.Oldest is { } since ? DateTimeOffset.UtcNow + Clock.Ahead - since : TimeSpan.Zero;

    internal ChargerBehaviour Behaviour { get; }

    internal ITongue Tongue { get; }

    internal ChargerSettings Settings { get; }

    internal ChargerClock Clock { get; }

    /// <summary>Completes when no session shall begin any more and the running ones shall end.</summary>
    internal Task Finishing => finishing.Task;

    /// <summary>Lives until its sessions are done and acknowledged, or until it is switched off.</summary>
    /// <param name="off">The switch: the line is closed, and what is running stops where it is.</param>
    /// <exception cref="LedgerException">What happens cannot be written down.</exception>
    public async Task Run(CancellationToken off)
    {
        using var rest = CancellationTokenSource.CreateLinkedTokenSource(off);
        var line = StayConnected(rest.Token);
        var day = Charge(rest.Token);
        await Task.WhenAny(line, day); // the line ends first only when it fails
        await rest.CancelAsync();
        await Task.WhenAll(line, day);
    }

    /// <summary>
    /// Ends what is running, begins nothing; <see cref="Run"/> returns when all of it is acknowledged.
    /// </summary>
    public void Finish() => finishing.TrySetResult();

    /// <summary>Cuts the line without a word. The charger comes back by its own back-off.</summary>
    public void CutLine() => online?.Abort();

    internal void Enqueue(TransactionMessage message) => queue.Add(message);

    /// <summary>Says something that is not worth a queue: null when there is no line.</summary>
    internal async Task<Answer?> Say(Outgoing call) =>
        online is { } line ? await line.Call(call, NextMessageId(), Behaviour.CallTimeout) : null;

    /// <summary>A status has changed. Nobody waits for the answer, and it cannot fail.</summary>
    internal void Announce(int connector, OutletStatus status)
    {
        if (Behaviour.Workload != Workload.ClosedLoop)
            _ = Say(Tongue.Status(connector, status, Clock.Next()));
    }

    internal string NextMessageId() => $"{run}-{Interlocked.Increment(ref messageIds):x}";

    internal void Ended(ChargingSession session, string state, long meterWh)
    {
        ledger.Session(session, state, meterWh, Clock.Next());
        if (state != "ended") return;
        statistics.SessionEnded();
        session.Finished();
    }

    internal void TokenRefused() => statistics.TokenRefused();

    /// <summary>
    /// A restart that the server asked for: sessions end, the line goes down, and it boots again. A soft one has the
    /// stops acknowledged first, when that does not take long (OCPP 1.6, 5.14).
    /// </summary>
    internal async Task Restart(bool hard)
    {
        var running = outlets.Select(outlet => outlet.Session).OfType<ChargingSession>().ToArray();
        foreach (var session in running) session.End(hard ? StopCause.HardReset : StopCause.SoftReset);
        try
        {
            await Task.WhenAll(running.Select(session => session.Over)).WaitAsync(LongestGoodbye);
            if (!hard) await queue.Emptied.WaitAsync(LongestGoodbye);
        }
        catch (TimeoutException)
        {
            // The queue outlives the restart.
        }

        booted = false;
        restarted = true;
        if (online is { } line) await line.Close();
    }

    /// <summary>A restart that has time until the sessions of this moment are over (OCPP 2.0.1, B12).</summary>
    internal async Task RestartWhenIdle()
    {
        await Task.WhenAll(outlets.Select(outlet => outlet.Session?.Over ?? Task.CompletedTask));
        await Restart(hard: false);
    }

    /// <summary>Whether something of that transaction waits to be acknowledged; null: of any.</summary>
    internal bool Owes(string? transactionId) => queue.Owes(transactionId);

    internal void Sending(Uplink line, Outgoing call, string id)
    {
        if (call is TransactionMessage message) ledger.Message(message, line.Epoch, id, "sent", null, Clock.Ahead);
    }

    /// <summary>
    /// A call has come out somehow. Runs before anything else is sent, so that the ledger is never behind.
    /// </summary>
    internal void Settled(Uplink line, Outgoing call, string id, Answer answer, TimeSpan waited)
    {
        statistics.Settled(call.Action, answer.Outcome, waited, call is TransactionMessage);
        if (call is not TransactionMessage message) return;
        if (answer is { Outcome: Outcome.Ok, TransactionId: { } transaction } && !message.Session.Named(transaction))
            statistics.Contradicted();
        var sinceFirst = Stopwatch.GetElapsedTime(message.FirstSentAt);
        ledger.Message(message, line.Epoch, id, answer.Word, sinceFirst.TotalMilliseconds, Clock.Ahead);
        if (answer.Outcome != Outcome.Ok || message.Acknowledged) return;
        message.Acknowledge();
        statistics.Acknowledged(sinceFirst);
        if (message.Begins && !answer.Accepted) message.Session.End(StopCause.DeAuthorized);
    }

    internal void HeardNonsense() => statistics.HeardNonsense();

    internal void HeardLate() => statistics.HeardLate();

    /// <summary>The server could not read what the charger answered (CALLRESULTERROR).</summary>
    internal void HeardComplaint() => statistics.HeardComplaint();

    /// <summary>The server told something that wants no answer.</summary>
    internal void Told() => statistics.Asked();

    /// <summary>The server has answered something on this connection, for the first time.</summary>
    internal void Known(Uplink line) => ledger.Line(Id, line.Epoch);

    internal Task Asked(Uplink line, string id, string action, JsonElement payload)
    {
        statistics.Asked();
        ledger.Call(Id, plate.Protocol, line.Epoch, id, action, OwnTransfer.MarkOf(action, payload));
        return Behaviour.Misbehaviour.SilentToCalls
            ? Task.CompletedTask : Tongue.Answer(line, id, action, payload, controls);
    }

    private async Task Charge(CancellationToken off)
    {
        try
        {
            // nobody charges before the first boot
            await Task.WhenAny(commissioned.Task, finishing.Task).WaitAsync(off);
            await Task.WhenAll(outlets.Select(outlet => outlet.Run(off)));
            await queue.Emptied.WaitAsync(off);
        }
        catch (OperationCanceledException)
        {
            foreach (var outlet in outlets) outlet.SwitchOff();
        }
    }

    private async Task StayConnected(CancellationToken off)
    {
        var node = plate.FirstNode;
        var failures = 0;
        try
        {
            while (true)
            {
                var socket = await Dialer.Dial(
                    plate.Nodes[node % plate.Nodes.Length], plate.Id, plate.Protocol.Subprotocol(), plate.Password,
                    off);
                if (socket is null) statistics.DialFailed();
                else if (await Converse(socket, off)) failures = 0;
                off.ThrowIfCancellationRequested();
                if (!Behaviour.StaysOnNode) node++;
                await Task.Delay(Behaviour.BackOff.After(failures++, random), off);
            }
        }
        catch (OperationCanceledException)
        {
        }
    }

    /// <returns>Whether the server ever answered on this connection.</returns>
    private async Task<bool> Converse(WebSocket socket, CancellationToken off)
    {
        using var line = new Uplink(this, socket, ++epoch);
        using var lost = CancellationTokenSource.CreateLinkedTokenSource(off);
        if (epoch > 1) statistics.Reconnected();
        var listening = line.Listen();
        var talking = Talk(line, lost.Token);
        await Task.WhenAny(listening, Task.Delay(Timeout.Infinite, lost.Token));
        if (off.IsCancellationRequested) await line.Close();
        await lost.CancelAsync();
        online = null;
        await Task.WhenAll(listening, talking);
        return line.Heard;
    }

    private async Task Talk(Uplink line, CancellationToken lost)
    {
        try
        {
            if (!booted || Behaviour.BootsOnReconnect) await Boot(line, lost);
            online = line;
            commissioned.TrySetResult();
            foreach (var outlet in outlets) Announce(outlet.Number, outlet.Status);
            await Task.WhenAll(queue.Send(line, lost), Beat(line, lost));
        }
        catch (OperationCanceledException)
        {
        }
    }

    private async Task Boot(Uplink line, CancellationToken lost)
    {
        while (true)
        {
            var answer = await line.Call(
                Tongue.Boot(plate.Id, restarted), NextMessageId(), Behaviour.CallTimeout);
            lost.ThrowIfCancellationRequested();
            if (answer.Interval is > 0 and var interval) Settings.HeartbeatInterval = TimeSpan.FromSeconds(interval);
            booted = answer is { Outcome: Outcome.Ok, Status: "Accepted" };
            restarted &= !booted;
            if (booted) return;
            await Task.Delay(answer.Outcome == Outcome.Ok ? Settings.HeartbeatInterval : Behaviour.RetryInterval, lost);
        }
    }

    // The first one falls anywhere in the interval, so that a fleet does not beat in step.
    private async Task Beat(Uplink line, CancellationToken lost)
    {
        await Task.Delay(Settings.HeartbeatInterval * random.NextDouble(), lost);
        while (true)
        {
            await line.Call(Tongue.Heartbeat, NextMessageId(), Behaviour.CallTimeout);
            await Task.Delay(Settings.HeartbeatInterval, lost);
        }
    }
}
