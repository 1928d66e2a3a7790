using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.Transactions;

using Decision = Decision<TransactionEvent>;

/// <summary>An entity that had to know that a transaction has begun says that it knows.</summary>
/// <param name="IsStored">
/// Its own history says so from now on (<see cref="TransactionOpenNoted"/>), and nothing more needs to be stored.
/// </param>
[Sent("tx-confirm-begin"), DataContract]
public sealed record ConfirmBegin(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] ClosingParty By,
    [property: DataMember(Order = 3)] DateTimeOffset At,
    [property: DataMember(Order = 4)] bool IsStored = false) : TransactionCommand;

/// <summary>
/// Another entity knows that this transaction has begun, or need not know any more. A charge point that journals that
/// itself (<see cref="TransactionOpenNoted"/>) is not journaled here a second time.
/// </summary>
[Journaled("tx-begin-confirmed"), DataContract]
public sealed record BeginConfirmed(
    [property: DataMember(Order = 1)] TransactionId Id,
    [property: DataMember(Order = 2)] ClosingParty By,
    [property: DataMember(Order = 3)] DateTimeOffset ArrivedAt) : TransactionEvent;

/// <summary>
/// That a transaction has begun is told to its charge point, unless that has numbered it, and to its token, when that
/// has kept a place: at once, and again when the clock says so, until they have confirmed it or it is over. Who has not
/// is a row of what is due, which goes with what was stored about it: the same rule for all of them is here.
/// </summary>
public static class Untold
{
    /// <summary>Why the clock wakes a transaction of whose begin its charge point has not heard.</summary>
    public const string Begin = "untold-begin";

    /// <summary>Why the clock wakes a transaction whose token may not know that its place is in use.</summary>
    public const string Place = "untold-place";

    /// <summary>Whether the charge point must be told: what it has numbered it knows.</summary>
    public static bool ConcernsChargePoint(TransactionBegan began) => !began.NumberedByUs;

    /// <summary>Whether the token must be told.</summary>
    public static bool ConcernsToken(TransactionBegan began) => began.Verdict.Place is not null;

    /// <summary>What the charge point is told.</summary>
    internal static NoteTransactionBegan NoteOf(TransactionBegan began, DateTimeOffset now) => new(
        began.Id.ChargePoint, began.Id.LocalId, began.Connector, began.Token, now, began.At, began.Replayed,
        began.RemoteStart, began.Reservation, began.Inferred);

    /// <summary>What the token is told; null when it keeps no place.</summary>
    internal static HoldPlace? HoldOf(TransactionBegan began, DateTimeOffset now) => began.Verdict.Place is { } place
        ? new HoldPlace(new TokenId(began.Token), place, began.Id, now)
        : null;

    /// <summary>The clock: somebody has not confirmed. What is over, or nobody needs, is not told any more.</summary>
    internal static Decision TellAgain(Transaction state, WakeTransaction c)
    {
        var began = state is Transaction.Running running ? running.Began : null;
        Command? note = began is null ? null
            : c.Reason == Place ? HoldOf(began, c.At)
            : ConcernsChargePoint(began) ? NoteOf(began, c.At)
            : null;
        var by = c.Reason == Place ? ClosingParty.Token : ClosingParty.ChargePoint;
        return note is null ? new(null, new BeginConfirmed(c.Id, by, c.At)) : new(null) { Notes = [note] };
    }

    /// <summary>What was opened after its end, because the notes overtook each other, is closed again.</summary>
    internal static Decision Confirm(Transaction state, ConfirmBegin c) => state is Transaction.Ended
        ? new(null) { Notes = c.By == ClosingParty.ChargePoint ? [Ending.IsNotOpen(c.Id, c.At)] : [] }
        : new(null, c.IsStored ? ImmutableArray<TransactionEvent>.Empty : [new BeginConfirmed(c.Id, c.By, c.At)]);
}
