namespace Moovolt.Simulator;

/// <summary>
/// A message that must not be lost: it waits in the charger's queue, with all that it says fixed at the moment that it
/// speaks of, until it is acknowledged. Only an id that the server gives is filled in when it is sent.
/// </summary>
internal abstract class TransactionMessage(
    string action, ChargingSession session, string key, long wattHours, DateTimeOffset at) : Outgoing(action)
{
    private readonly TaskCompletionSource settled = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public ChargingSession Session { get; } = session;

    /// <summary>The same for every repeat of this message, and for nothing else of the same station.</summary>
    public string Key { get; } = key;

    public long WattHours { get; } = wattHours;

    /// <summary>Of what it speaks, by the charger's clock.</summary>
    public DateTimeOffset At { get; } = at;

    /// <summary>Whether it tells of a beginning, so that its answer says whether the driver is welcome.</summary>
    public virtual bool Begins => false;

    /// <summary>
    /// Its number within the transaction, and what kind of step it is; null where versions know no steps.
    /// </summary>
    public virtual (int Number, string Kind)? Step => null;

    public string? MessageId { get; set; }

    public int Sendings { get; set; }

    public int CallErrors { get; set; }

    /// <summary>Ticks of the monotonic clock; 0 before the first sending.</summary>
    public long FirstSentAt { get; set; }

    public bool Acknowledged { get; private set; }

    /// <summary>Completes when the message needs no more sending: acknowledged, or given up.</summary>
    public Task Settled => settled.Task;

    public void Acknowledge() => Acknowledged = true;

    public void Settle() => settled.TrySetResult();
}
