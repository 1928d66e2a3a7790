using System.Diagnostics;
using System.Threading.Channels;

namespace Moovolt.Simulator;

/// <summary>
/// A charger's transaction messages in the order in which things happened. Only the first is ever in flight, and it
/// stays the first until the server has acknowledged it, over as many connections as that takes (OCPP 1.6, 3.7;
/// OCPP 2.0.1, E04).
/// A meter value or stop of a session that began offline therefore never leaves before its start has brought the id.
/// </summary>
internal sealed class OfflineQueue(SimulatedCharger charger, FleetStatistics statistics, Pacer? pacer, Random random)
{
    private static readonly TimeSpan LongestRetryWait = TimeSpan.FromSeconds(30);

    private static readonly byte[][] OddFrames =
    [
        "{"u8.ToArray(),
        "[]"u8.ToArray(),
        "[2]"u8.ToArray(),
        "[2,\"odd\",\"heartbeat\",{}]"u8.ToArray(),
        "[2,\"odd\",\"Heartbeat\",7]"u8.ToArray(),
        "[3,\"nobody-asked\",{}]"u8.ToArray(),
        "[7,\"odd\",{}]"u8.ToArray(),
    ];

    private readonly Channel<TransactionMessage> waiting = Channel.CreateUnbounded<TransactionMessage>();
    private readonly Queue<TransactionMessage> acknowledged = new();
    private readonly Lock gate = new();
    private readonly Dictionary<ChargingSession, int> owed = [];
    private TransactionMessage? last;

    public int Count => waiting.Reader.Count;

    /// <summary>When that happened, by the charger's clock, which waits the longest; null when nothing waits.</summary>
    public DateTimeOffset? Oldest => waiting.Reader.TryPeek(out var message) ? message.At : null;

    /// <summary>Completes when everything that has been added so far needs no more sending.</summary>
    public Task Emptied
    {
        get
        {
            lock (gate) return last?.Settled ?? Task.CompletedTask;
        }
    }

    public void Add(TransactionMessage message)
    {
        lock (gate)
        {
            last = message;
            owed[message.Session] = owed.GetValueOrDefault(message.Session) + 1;
            waiting.Writer.TryWrite(message); // unbounded and never completed: it takes every message
        }
    }

    /// <summary>Whether something of that transaction waits; null: of any.</summary>
    public bool Owes(string? transactionId)
    {
        lock (gate)
            return owed.Keys.Any(session => transactionId is null || session.TransactionId == transactionId);
    }

    /// <summary>Sends what waits and what comes, until the line is lost.</summary>
    public async Task Send(Uplink line, CancellationToken lost)
    {
        foreach (var message in acknowledged.ToArray()) await Attempt(line, message, lost);
        while (await waiting.Reader.WaitToReadAsync(lost))
        {
            if (!waiting.Reader.TryPeek(out var message)) continue;
            if (pacer is not null) await pacer.Turn(lost);
            if (random.NextDouble() < charger.Behaviour.Misbehaviour.OddFrames)
                await line.SendRaw(OddFrames[random.Next(OddFrames.Length)]);
            while (!await Attempt(line, message, lost)) await Task.Delay(Longer(message), lost);
            if (random.NextDouble() < charger.Behaviour.Misbehaviour.Duplicates)
                await Attempt(line, message, lost, anew: true);
            waiting.Reader.TryRead(out _);
            Remember(message);
            Paid(message.Session);
            message.Settle();
        }
    }

    private void Paid(ChargingSession session)
    {
        lock (gate)
        {
            if (--owed[session] == 0) owed.Remove(session);
        }
    }

    /// <returns>Whether the message needs no more sending.</returns>
    private async Task<bool> Attempt(Uplink line, TransactionMessage message, CancellationToken lost, bool anew = false)
    {
        if (message.Sendings++ == 0) message.FirstSentAt = Stopwatch.GetTimestamp();
        if (anew || message.MessageId is null || !charger.Behaviour.KeepsMessageIds)
            message.MessageId = charger.NextMessageId();
        var answer = await line.Call(message, message.MessageId, charger.Behaviour.CallTimeout);
        switch (answer.Outcome)
        {
            case Outcome.Ok:
                return true;
            case Outcome.CallError when !message.Acknowledged && ++message.CallErrors >= charger.Behaviour.Attempts:
                statistics.GivenUp();
                return true;
            case Outcome.Closed:
                lost.ThrowIfCancellationRequested();
                throw new OperationCanceledException(lost); // the line is gone: the next one begins with this message
            default:
                return message.Acknowledged;
        }
    }

    private TimeSpan Longer(TransactionMessage message)
    {
        var wait = charger.Behaviour.RetryInterval * message.Sendings;
        return wait < LongestRetryWait ? wait : LongestRetryWait;
    }

    private void Remember(TransactionMessage message)
    {
        if (charger.Behaviour.Misbehaviour.Replays == 0) return;
        acknowledged.Enqueue(message);
        if (acknowledged.Count > charger.Behaviour.Misbehaviour.Replays) acknowledged.Dequeue();
    }
}
