using System.Collections.Immutable;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// What a charger that numbers what it tells is asked when we cannot tell whether a transaction of its goes on: after a
/// long silence, when something that it must have told is missing, when it has started anew, and before an end is
/// inferred. Its word decides: over and nothing to tell, and the end is inferred; anything else, and we wait.
/// </summary>
internal static class TransactionStatuses
{
    /// <summary>Of one transaction no more often.</summary>
    public static readonly TimeSpan AskAgain = TimeSpan.FromHours(1);

    /// <summary>Of so many transactions when a charger has started anew; the clock comes to the others.</summary>
    private const int MostAtOnce = 4;

    private const int Patience = 30;
    private static readonly TimeSpan ToAnswer = TimeSpan.FromMinutes(5);

    /// <summary>The charger is asked before anything is concluded; one that cannot answer leaves it to the usual rules.</summary>
    /// <param name="usual">What they come to.</param>
    public static Decision Before(ChargePoint state, LookForStop c, Decision usual)
    {
        var id = new TransactionId(c.Id, c.LocalId);
        var last = Last(state, c.LocalId);
        var said = last?.Answer?.Outcome as TransactionStatusRead;
        if (last is not null && c.At - last.At < AskAgain)
        {
            return last.IsUnderWay ? Await(id, c.At + ToAnswer, c.At)
                : said is { IsOver: false } ? Await(id, last.At + AskAgain, c.At)
                : usual;
        }

        if (!state.MayBeCalled) return usual;
        var isMissing = c.HasGaps && said is not { MessagesInQueue: false }; // what it will not tell, nobody asks for
        if (isMissing || c.At - c.HeardAt >= MissingStops.LongSilence || usual.Notes.Any(note => note is InferEnd))
            return Ask(state, new(null), id, c.At) with { Notes = [new AwaitStop(id, c.At + ToAnswer, c.At)] };
        var later = c.HeardAt + MissingStops.LongSilence;
        return usual.Notes is [AwaitStop soon] && soon.Again < later ? usual : Await(id, later, c.At);
    }

    /// <summary>What a start of the charger and its answers come to for its transactions.</summary>
    public static Decision Follow(ChargePoint before, Decision decision) =>
        decision.Events.Aggregate(decision, (so, happened) => happened switch
        {
            ChargePointBooted { Registration: Registration.Accepted } e => AfterStart(before, so, e),
            StationAnswered { Answer.Outcome: TransactionStatusRead read } e when IsOpen(before, read.LocalId) =>
                so with { Notes = so.Notes.Add(Conclude(new TransactionId(e.Id, read.LocalId), read, e.At)) },
            _ => so,
        });

    private static Decision AfterStart(ChargePoint before, Decision decision, ChargePointBooted e) =>
        before.Open
            .Where(open => !Numbering.IsOurs(before, open.LocalId)
                && !(e.At - Last(before, open.LocalId)?.At < AskAgain))
            .Take(MostAtOnce)
            .Aggregate(decision, (so, open) => Ask(before, so, new TransactionId(e.Id, open.LocalId), e.At));

    private static Command Conclude(TransactionId id, TransactionStatusRead read, DateTimeOffset at) => read.IsOver
        ? new InferEnd(id, EndEvidence.ChargerSaysSo, at, at)
        : new AwaitStop(id, at + AskAgain, at);

    private static Decision Ask(ChargePoint before, Decision decision, TransactionId id, DateTimeOffset at) =>
        FollowUps.Ask(
            before, decision, id.ChargePoint, FollowUps.Id(id.ChargePoint, $"{id.LocalId} {at.UtcTicks}"),
            new ReadTransactionStatus(id.LocalId), Patience, at);

    private static bool IsOpen(ChargePoint state, string localId) => state.Open.Any(open => open.LocalId == localId);

    private static TrackedRequest? Last(ChargePoint state, string localId) => state.Asked.LastOrDefault(
        request => request.Request is ReadTransactionStatus asked && asked.LocalId == localId);

    private static Decision Await(TransactionId id, DateTimeOffset again, DateTimeOffset at) =>
        new(null) { Notes = [new AwaitStop(id, again, at)] };
}
