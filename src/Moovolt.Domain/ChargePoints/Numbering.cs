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
    public static Decision Number(ChargePoint state, NumberTransaction c)
    {
        var (high, low) = NumberedStart.Fingerprint(c.Key);
        foreach (var known in state.Numbered)
        {
            if (known.High == high && known.Low == low)
                return new(null) { Forward = Begin(state, c, known.Number) };
        }

        var number = NextNumber(state, c.Id);
        var replayed = ClockSkew.IsHistory(state, c.At, c.ArrivedAt);
        return new(null, new TransactionNumbered(
            c.Id, new NumberedStart(high, low, number), c.Connector, c.Token, c.Verdict, c.ArrivedAt, c.At, replayed,
            c.Reservation))
        {
            Forward = Begin(state, c, number),

            // History comes in any order: a stop that is still on its way must not find its transaction inferred away.
            Notes = replayed ? [] : MissingStops.Superseded(state, c.Id, c.Connector, c.At, c.ArrivedAt),
        };
    }

    public static Decision Place(ChargePoint state, PlaceSamples c)
    {
        // Starts can be replayed, so several may be open there: the last that had begun by then. What was measured before
        // any of them is the station's own.
        var at = c.Samples.Select(sample => sample.At).Max() ?? DateTimeOffset.MaxValue;
        var here = c.Connector == ConnectorId.ChargePoint ? null : state.Open
            .Where(open => open.Connector.Meets(c.Connector) && Begun(open) <= at)
            .MaxBy(Begun);
        if (here is null) return new(new StationReading());

        var oddities = c.Claimed is null
            ? c.Oddities
            : c.Oddities.Add(new Oddity("wrong-transaction-id", $"The charger named transaction {c.Claimed}."));
        return new(null)
        {
            Forward = new RecordSamples(
                new TransactionId(c.Id, here.LocalId), c.Connector, c.Samples, c.ArrivedAt, oddities, Placed: true, c.Frame),
        };
    }

    // What we have numbered is open since then, and nobody waits for a word of that. It may have been taken for a ghost
    // meanwhile, when it was long on its way; then it is opened once more.
    public static Decision Note(ChargePoint state, NoteTransactionBegan c)
    {
        var confirmed = new ConfirmBegin(new TransactionId(c.Id, c.LocalId), ClosingParty.ChargePoint, c.At);
        var ours = IsOurs(state, c.LocalId);
        if (state.Open.Any(open =>
            open.LocalId == c.LocalId && (ours || (open.Connector == c.Connector && open.Token == c.Token))))
            return new(null) { Notes = ours ? [] : [confirmed] };

        var superseded = c.Replayed || c.StartedAt is not { } at
            ? []
            : MissingStops.Superseded(state, c.Id, c.Connector, at, c.At, c.LocalId);
        return new(null, new TransactionOpenNoted(
            c.Id, c.LocalId, c.Connector, c.Token, c.At, c.StartedAt, c.Replayed, c.RemoteStart, c.Reservation))
        {
            Notes = [.. superseded, confirmed with { IsStored = true }],
        };
    }

    // What is journaled here says by itself that the end is known; only whoever tells what changes nothing is told so. That
    // is journaled too: a second entity of this name that a split has left over, and that never heard of the beginning,
    // would confirm what it does not know, and the transaction would stay open here. Its write fails.
    public static Decision Note(ChargePoint state, NoteTransactionEnded c) =>
        new(null, new TransactionOverNoted(c.Id, c.LocalId, c.At))
        {
            Notes = state.Open.Any(open => open.LocalId == c.LocalId)
                ? []
                : [new ConfirmClose(new TransactionId(c.Id, c.LocalId), ClosingParty.ChargePoint, c.At)],
        };

    internal static DateTimeOffset Begun(OpenTransaction open) => open.StartedAt ?? open.At;

    internal static bool IsOurs(ChargePoint state, string localId) =>
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

    private static BeginTransaction Begin(ChargePoint state, NumberTransaction c, int number) => new(
        new TransactionId(c.Id, $"{number}"), c.Connector, c.Token, c.Verdict, c.MeterStart, c.At, c.ArrivedAt,
        NumberedByUs: true, c.Oddities, c.Reservation, c.Frame, ClockSkew.IsHistory(state, c.At, c.ArrivedAt),
        state.Clock?.Seconds);
}
