using System.Buffers.Binary;
using System.Collections.Immutable;
using System.Security.Cryptography;
using System.Text;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>Which transaction a message belongs to, when the charger leaves that to us.</summary>
internal static class Numbering
{
    /// <summary>How many unplaced stops are told apart from their repeats.</summary>
    private const int UnplacedRemembered = 64;

    public static Decision Number(ChargePoint state, NumberTransaction c)
    {
        var (high, low) = NumberedStart.Fingerprint(c.Key);
        foreach (var known in state.Numbered)
        {
            if (known.High == high && known.Low == low)
                return new(null) { Forward = Begin(c, known.Number) };
        }

        var number = NextNumber(state, c.Id);
        return new(null, new TransactionNumbered(
            c.Id, new NumberedStart(high, low, number), c.Connector, c.Token, c.Verdict, c.ArrivedAt))
        {
            Forward = Begin(c, number),
        };
    }

    public static Decision Place(ChargePoint state, PlaceSamples c)
    {
        var here = state.Open.Where(open => open.Connector == c.Connector).ToImmutableArray();
        if (here.Length != 1) return new(new StationReading());

        var oddities = c.Claimed is null
            ? c.Oddities
            : c.Oddities.Add(new Oddity("wrong-transaction-id", $"The charger named transaction {c.Claimed}."));
        return new(null)
        {
            Forward = new RecordSamples(
                new TransactionId(c.Id, here[0].LocalId), c.Connector, c.Samples, c.ArrivedAt, oddities, Placed: true, c.Frame),
        };
    }

    public static Decision Place(ChargePoint state, PlaceStop c)
    {
        var fingerprint = Fingerprint.Of(c.Frame);
        if (state.UnplacedStops.Contains(fingerprint)) return new(new Reply.Repeated());

        var candidates = state.Open
            .Where(open => c.Token is null || string.Equals(open.Token, c.Token, StringComparison.OrdinalIgnoreCase))
            .ToImmutableArray();
        if (candidates is not [var only])
        {
            var why = candidates.IsEmpty ? "No open transaction fits." : $"{candidates.Length} open transactions fit.";
            return new(new Reply.Accepted(), new StopUnplaced(c.Id, why, c.Frame, c.ArrivedAt));
        }

        var oddity = new Oddity("stop-without-transaction", "The stop names no transaction; it was placed by its token.");
        return new(null)
        {
            Forward = new EndTransaction(
                new TransactionId(c.Id, only.LocalId), c.Token, c.MeterStop, c.Reason, c.At, c.ArrivedAt, c.Samples,
                c.Oddities.Add(oddity), c.Frame),
        };
    }

    public static Decision Note(ChargePoint state, NoteTransactionBegan c) =>
        state.Open.Any(open => open.LocalId == c.LocalId) || IsOurs(state, c.LocalId)
            ? new(null)
            : new(null, new TransactionOpenNoted(c.Id, c.LocalId, c.Connector, c.Token, c.At));

    public static Decision Note(ChargePoint state, NoteTransactionEnded c)
    {
        ImmutableArray<Command> confirmed =
            [new ConfirmClose(new TransactionId(c.Id, c.LocalId), ClosingParty.ChargePoint, c.At)];
        return state.Open.Any(open => open.LocalId == c.LocalId)
            ? new(null, new TransactionOverNoted(c.Id, c.LocalId, c.At)) { Notes = confirmed }
            : new(null) { Notes = confirmed };
    }

    public static ChargePoint Apply(ChargePoint state, StopUnplaced e)
    {
        var remembered = state.UnplacedStops.Length < UnplacedRemembered
            ? state.UnplacedStops
            : state.UnplacedStops.RemoveAt(0);
        return state with { UnplacedStops = remembered.Add(Fingerprint.Of(e.Frame)) };
    }

    private static bool IsOurs(ChargePoint state, string localId) =>
        state.Numbered.Any(start => $"{start.Number}" == localId);

    // Positive (some chargers take 0 for none) and, from charger to charger, seldom the same: people quote them.
    private static int NextNumber(ChargePoint state, ChargePointId id)
    {
        if (!state.Numbered.IsEmpty)
        {
            var last = state.Numbered[^1].Number;
            return last == int.MaxValue ? 1 : last + 1;
        }

        var hash = BinaryPrimitives.ReadUInt32BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(id.Value)));
        return (int)(hash % 1_000_000_000) + 1;
    }

    private static BeginTransaction Begin(NumberTransaction c, int number) => new(
        new TransactionId(c.Id, $"{number}"), c.Connector, c.Token, c.Verdict, c.MeterStart, c.At, c.ArrivedAt,
        NumberedByUs: true, c.Oddities, c.Reservation, c.Frame);
}
