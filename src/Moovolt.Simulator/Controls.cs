using System.Collections.Immutable;

namespace Moovolt.Simulator;

/// <summary>What can be done to a charger from afar, whatever words it is asked in.</summary>
internal sealed class Controls(SimulatedCharger charger, ImmutableArray<Outlet> outlets)
{
    public ChargerSettings Settings => charger.Settings;

    /// <summary>Somewhere to begin a session; null when there is none.</summary>
    /// <param name="number">Where it must be; null: anywhere.</param>
    public Outlet? Free(int? number) =>
        outlets.FirstOrDefault(outlet => outlet.IsFree && (number is null || outlet.Number == number));

    /// <summary>Where that transaction is going on; null when it is nowhere.</summary>
    public Outlet? Where(string? transactionId) => transactionId is null
        ? null
        : outlets.FirstOrDefault(outlet => outlet.Session?.TransactionId == transactionId);

    /// <param name="number">0 or null: all of them.</param>
    public ImmutableArray<Outlet> At(int? number) =>
        number is null or 0 ? outlets : [.. outlets.Where(outlet => outlet.Number == number)];

    /// <summary>Whether a message of it waits to be acknowledged.</summary>
    /// <param name="transactionId">Null: of any transaction.</param>
    public bool Owes(string? transactionId) => charger.Owes(transactionId);

    /// <summary>Does not wait for it: this connection's reader must end first.</summary>
    public void Restart(bool hard) => _ = charger.Restart(hard);

    /// <summary>Restarts when nobody charges any more.</summary>
    public void RestartWhenIdle() => _ = charger.RestartWhenIdle();

    /// <summary>Says something of its own accord, in the charger's own time.</summary>
    public void Say(Outgoing call) => _ = charger.Say(call);
}
