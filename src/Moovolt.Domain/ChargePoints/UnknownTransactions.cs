using System.Globalization;
using System.Runtime.Serialization;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// The charger spoke of a transaction that, as far as is known, never began there: a number that it was not given (OCPP
/// 1.6), or one of its own of whose beginning it has told nothing (2.x). Most such ids mean nothing. One that is another
/// charge point's is for an operator to see, and only what people look at knows that.
/// </summary>
/// <param name="At">When it arrived here.</param>
[Journaled("cp-unknown-tx-named"), DataContract]
public sealed record UnknownTransactionNamed(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] string LocalId,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointEvent
{
    internal ulong Key => UnknownTransactions.Key(LocalId, At);
}

/// <summary>
/// Which unknown transactions a charger names. What it said of them goes its way as ever, here it is only noted: once a
/// day for each, since some chargers give the same wrong number in every message.
/// </summary>
internal static class UnknownTransactions
{
    /// <summary>Adds to a decision that the command names a transaction which never began there.</summary>
    public static Decision Follow(ChargePoint state, ChargePointCommand command, Decision decision)
    {
        if (NamedBy(state, command) is not { } named) return decision;
        if (Numbering.IsOurs(state, named.LocalId)) return decision; // its beginning is on its way
        return state.SecurityEventsHeard.Contains(named.Key) ? decision : decision with { Events = decision.Events.Add(named) };
    }

    public static ulong Key(string localId, DateTimeOffset at) => Fingerprint.Of(string.Create(
        CultureInfo.InvariantCulture, $"unknown|{localId}|{DateOnly.FromDateTime(at.UtcDateTime):O}"));

    private static UnknownTransactionNamed? NamedBy(ChargePoint state, ChargePointCommand command) => command switch
    {
        PlaceStop { Claimed: { } localId } c => new UnknownTransactionNamed(c.Id, localId, c.ArrivedAt),
        PlaceSamples { Claimed: { } localId } c => new UnknownTransactionNamed(c.Id, localId, c.ArrivedAt),
        NoteTransactionBegan { Inferred: true } c when state.Open.All(open => open.LocalId != c.LocalId) =>
            new UnknownTransactionNamed(c.Id, c.LocalId, c.At),
        _ => null,
    };
}
