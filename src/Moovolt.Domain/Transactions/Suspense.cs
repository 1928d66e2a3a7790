using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;

namespace Moovolt.Domain.Transactions;

using Decision = Decision<TransactionEvent>;

/// <summary>
/// Stops under an id that never began and that fit nothing else. Chargers that lost our answer may use one wrong id for
/// all their stops, so each that says something else is kept: it is answered, and the charger forgets it.
/// </summary>
internal static class Suspense
{
    /// <summary>How many of them are told apart from their repeats.</summary>
    private const int Remembered = 64;

    /// <summary>Whether the same stop waits already.</summary>
    public static bool Holds(Transaction.NotBegun state, EndTransaction c) =>
        state.Waiting.Contains(Said(c.Token, c.MeterStop, c.Reason, c.At, c.Frame));

    public static Decision Repeat(EndTransaction c) => new(new Reply.Repeated()) { Notes = WhoBelievesItOpen(c) };

    public static Decision Keep(Transaction.NotBegun state, EndTransaction c) => new(
        new Reply.Accepted(),
        [
            new StopSuspended(c.Id, c.Token, c.MeterStop, c.Reason, c.At, c.ArrivedAt, c.Samples, c.Frame),
            .. Transaction.Suspicions(c.Id, c.Oddities, c.ArrivedAt),
            .. Transaction.Suspicions(
                c.Id, state.Stop is null ? [] : [Ending.Contradiction(c.At, c.MeterStop)], c.ArrivedAt),
        ])
    {
        Notes = WhoBelievesItOpen(c),
    };

    public static Transaction.NotBegun Apply(Transaction.NotBegun state, StopSuspended e)
    {
        var waiting = state.Waiting.Length < Remembered ? state.Waiting : state.Waiting.RemoveAt(0);
        return state with
        {
            Stop = state.Stop ?? e, Waiting = waiting.Add(Said(e.Token, e.MeterStop, e.Reason, e.At, e.Frame)),
        };
    }

    // Its start was numbered, and never came here: what is open there is a ghost, and takes what belongs to others.
    private static ImmutableArray<Command> WhoBelievesItOpen(EndTransaction c) =>
        c.BelievedOpen ? [Ending.IsNotOpen(c.Id, c.ArrivedAt)] : [];

    // A payload that is kept is the same in each repeat, also when it says no time that can be read.
    private static ulong Said(string? token, Energy? meter, string reason, DateTimeOffset at, string? frame) =>
        Fingerprint.Of(frame ?? $"{token}|{meter?.WattHours}|{at.UtcTicks}|{reason}");
}
