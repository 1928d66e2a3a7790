using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>Where a stop went that named no transaction of ours.</summary>
/// <param name="Fingerprint">Of what the stop said.</param>
[DataContract]
public readonly record struct PlacedStop(
    [property: DataMember(Order = 1)] ulong Fingerprint,
    [property: DataMember(Order = 2)] string LocalId);

/// <summary>A stop that named no transaction of ours was given to the one that it fits.</summary>
[Journaled("cp-stop-placed"), DataContract]
public sealed record StopPlaced(
    [property: DataMember(Order = 1)] ChargePointId Id,
    [property: DataMember(Order = 2)] PlacedStop Stop,
    [property: DataMember(Order = 3)] DateTimeOffset At) : ChargePointEvent;

/// <summary>
/// Which transaction a stop belongs to that names none of ours. Chargers say -1 or 0 when the answer to their start was
/// lost, and some make up an id of their own.
/// </summary>
internal static class StopPlacing
{
    /// <summary>How many such stops are told apart from their repeats.</summary>
    private const int Remembered = 64;

    public static Decision Place(ChargePoint state, PlaceStop c)
    {
        var said = Fingerprint.Of($"{c.Claimed}|{c.Token}|{c.MeterStop?.WattHours}|{c.At.UtcTicks}|{c.Reason}");
        foreach (var placed in state.PlacedStops)
            if (placed.Fingerprint == said) return new(null) { Forward = Stop(state, c, placed.LocalId, c.Oddities) };

        // Without a payload (members of before do not always send it) what it says tells one from another.
        var whole = c.Frame.Length > 0 ? Fingerprint.Of(c.Frame) : said;
        if (c.Claimed is null && state.UnplacedStops.Contains(whole)) return new(new Reply.Repeated());

        // A stop from before a start cannot be its. And an id that we never gave proves nothing: then the card must
        // fit.
        var candidates = state.Open
            .Where(open => Numbering.Begun(open) <= c.At && Fits(open, c))
            .GroupBy(open => open.Connector)
            .ToImmutableArray();
        if (candidates is not [var only])
        {
            if (c.Claimed is not null) return new(null) { Forward = Stop(state, c, c.Claimed, c.Oddities) };
            var why = candidates.IsEmpty ? "No open transaction fits."
                : $"Open transactions on {candidates.Length} connectors fit.";
            return new(new Reply.Accepted(), new StopUnplaced(
                c.Id, why, c.Frame, c.ArrivedAt, c.Frame.Length > 0 ? null : said));
        }

        var oddity = c.Claimed is null
            ? new Oddity(
                "stop-without-transaction", "The stop names no transaction; it was placed by its token and its time.")
            : new Oddity("wrong-transaction-id",
                $"The stop names transaction {c.Claimed}; it was placed by its token and its time.");
        var localId = only.MaxBy(Numbering.Begun)!.LocalId; // a group has at least one
        return new(null, new StopPlaced(c.Id, new PlacedStop(said, localId), c.ArrivedAt))
        {
            Forward = Stop(state, c, localId, c.Oddities.Add(oddity)),
        };
    }

    public static ChargePoint Apply(ChargePoint state, StopUnplaced e) =>
        state with { UnplacedStops = Add(state.UnplacedStops, e.Fingerprint ?? Fingerprint.Of(e.Frame)) };

    public static ChargePoint Apply(ChargePoint state, StopPlaced e) =>
        state with { PlacedStops = Add(state.PlacedStops, e.Stop) };

    private static ImmutableArray<T> Add<T>(ImmutableArray<T> last, T one) =>
        (last.Length < Remembered ? last : last.RemoveAt(0)).Add(one);

    private static bool Fits(OpenTransaction open, PlaceStop c) =>
        (c.Token is null && c.Claimed is null)
            || string.Equals(open.Token, c.Token, StringComparison.OrdinalIgnoreCase);

    private static EndTransaction Stop(
        ChargePoint state, PlaceStop c, string localId, ImmutableArray<Oddity> oddities) => new(
        new TransactionId(c.Id, localId), c.Token, c.MeterStop, c.Reason, c.At, c.ArrivedAt, c.Samples, oddities,
        c.Frame.Length == 0 ? null : c.Frame, Placed: true, c.Stopper,
        BelievedOpen: state.Open.Any(open => open.LocalId == localId));
}
