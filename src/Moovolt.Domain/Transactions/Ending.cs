using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.Transactions;

using Decision = Decision<TransactionEvent>;

/// <summary>
/// How transactions end: by their own stop, which is a fact; by what else was seen, when it does not come; by an
/// operator. The first real stop is the truth, and takes the place of an end that was only inferred.
/// </summary>
internal static class Ending
{
    public const string EnergyWithoutAuthorization = "energy-without-authorization";

    private const string NoStop = "Other"; // OCPP's word for what has none (1.6, 7.36)

    public static Decision Finish(Transaction.Running state, EndTransaction c)
    {
        var events = Of(state.Began, state.Meter, state.Said, StopOf(c))
            .AddRange(Transaction.Suspicions(
                c.Id, c.Oddities.AddRange(AboutTheStopper(state.Began, c.Token, c.Stopper)), c.ArrivedAt));
        return new(new Reply.Accepted(), events)
        {
            Notes = TellOfTheEnd(state, c.ArrivedAt),
        };
    }

    // The first stop is the truth; another one that says something else is kept as evidence (SteVe issue 955).
    public static Decision FinishAgain(Transaction.Ended state, EndTransaction c)
    {
        if (state.IsProvisional) return Correct(state, c);
        var same = state.End.MeterStop == c.MeterStop && state.End.At == c.At;
        var other = Contradiction(c.At, c.MeterStop);
        return same || state.Contradictions.Contains(other)
            ? new(new Reply.Repeated())
            : new(new Reply.Repeated(), new SuspicionRaised(c.Id, other, c.ArrivedAt));
    }

    /// <summary>The end, and what is odd about it.</summary>
    public static ImmutableArray<TransactionEvent> Of(
        TransactionBegan began, MeterSeen meter, ImmutableHashSet<string> said, StopSuspended stop)
    {
        var reckoned =
            Reckoning.Of(began, meter.With(stop.Samples, stop.ArrivedAt), stop.MeterStop, stop.At, stop.ArrivedAt);
        var events = ImmutableArray.CreateBuilder<TransactionEvent>();
        events.Add(new TransactionEnded(
            began.Id, stop.Token, stop.MeterStop, reckoned.Delivered,
            stop.Reason, stop.At, stop.ArrivedAt, stop.Samples, stop.Frame));
        if (reckoned.Oddity is { } odd)
            events.Add(new SuspicionRaised(began.Id, odd, stop.ArrivedAt, reckoned.IsDoubtful));
        if (stop.At < began.At)
        {
            events.Add(new SuspicionRaised(
                began.Id,
                BeforeItsStart(began, stop.At),
                stop.ArrivedAt,
                Holds: true));
        }

        if (began.Verdict.Status != AuthorizationStatus.Accepted && reckoned.Delivered > new Energy(0)
            && !said.Contains(EnergyWithoutAuthorization))
        {
            events.Add(FlowedAnyway(began, stop.ArrivedAt));
        }

        return events.ToImmutable();
    }

    /// <summary>Its end as far as anybody can tell: at the last register, or when the evidence is from.</summary>
    public static Decision Infer(Transaction.Running state, InferEnd c)
    {
        var last = state.Meter.Last;
        var at = c.Evidence switch
        {
            EndEvidence.ConnectorFree => Later(c.At, last?.At ?? state.Began.At),
            EndEvidence.NextStart => last?.At ?? c.At,
            _ => last?.At ?? state.Began.At,
        };
        return Provisional(state, Later(at, state.Began.At), c.ArrivedAt, closedBy: null, null, new Oddity(
            "stop-inferred",
            c.Evidence switch
            {
                EndEvidence.NextStart => "No stop has come, and a later transaction began on the connector",
                EndEvidence.ConnectorFree => "No stop has come, and the connector is free again",
                EndEvidence.ChargerSaysSo =>
                    "No stop has come, and the charger says that it is over and that nothing more will be told of it",
                _ => "No stop has come, and nothing was heard of the transaction for very long",
            } + ": it is taken for over at the last register that was seen. The charger's own stop will correct "
                + "this."));
    }

    public static Decision Close(Transaction state, CloseRecord c) => state switch
    {
        Transaction.Running s => Provisional(
            s,
            Later(s.Meter.Last?.At ?? s.Began.At, s.Began.At),
            c.At,
            c.RequestedBy,
            new Reply.Accepted(),
            new Oddity("closed-by-operator",
                $"{c.RequestedBy} closed the record: {c.Why} The charger was not asked to stop.")),
        Transaction.Ended => new(new Reply.Refused($"Transaction {c.Id} is over already.")),
        _ => new(new Reply.Refused($"No start of transaction {c.Id} is known.", NotFound: true)),
    };

    /// <summary>Samples that come after an end that is only inferred may say more about it.</summary>
    public static IEnumerable<TransactionEvent> Revise(
        Transaction.Ended state, RecordSamples c, ImmutableArray<Sample> news)
    {
        var meter = state.Meter.With(news, c.ArrivedAt);
        var end = state.End with
        {
            MeterStop = meter.Last?.Register,
            At = Later(state.End.At, meter.Last?.At ?? state.End.At),
            ArrivedAt = c.ArrivedAt,
            Samples = [],
        };
        end = end with { Delivered = Reckoning.Of(state.Began, meter, null, end.At, c.ArrivedAt).Delivered };
        if (end.MeterStop != state.End.MeterStop || end.Delivered != state.End.Delivered) yield return end;
    }

    public static SuspicionRaised FlowedAnyway(TransactionBegan began, DateTimeOffset at) => new(
        began.Id,
        new Oddity(
            EnergyWithoutAuthorization,
            $"The token was answered {began.Verdict.Status} at the start, and the charger delivered energy all the "
                + "same."),
        at,
        Holds: true);

    public static ImmutableHashSet<ClosingParty> WhoMustKnow(Transaction.Running state) =>
        state.Kept.IsEmpty ? [ClosingParty.ChargePoint] : [ClosingParty.ChargePoint, ClosingParty.Token];

    /// <summary>To those who must know of the end; when it is over, to those who have not confirmed it.</summary>
    /// <param name="state">It has begun.</param>
    public static ImmutableArray<Command> TellOfTheEnd(Transaction state, DateTimeOffset at)
    {
        var id = state.BeganSoFar!.Id; // it has begun
        var untold = state switch
        {
            Transaction.Ended ended => ended.Untold,
            Transaction.Running running => WhoMustKnow(running),
            _ => [],
        };
        var notes = ImmutableArray<Command>.Empty;
        if (untold.Contains(ClosingParty.ChargePoint)) notes = notes.Add(IsNotOpen(id, at));
        return untold.Contains(ClosingParty.Token) ? notes.AddRange(KeptPlaces.Release(state.Kept, id, at)) : notes;
    }

    /// <summary>To a charge point that believes a transaction open that is over, or never began.</summary>
    public static NoteTransactionEnded IsNotOpen(TransactionId id, DateTimeOffset at) =>
        new(id.ChargePoint, id.LocalId, at);

    /// <summary>
    /// Whoever stops it, it is over. A card of the same group may (OCPP 1.6, 3.5 and 4.10); another's is said.
    /// </summary>
    public static IEnumerable<Oddity> AboutTheStopper(TransactionBegan began, string? token, Verdict? verdict)
    {
        if (token is null || verdict is null || began.Token.Length == 0 || Same(token, began.Token)) yield break;
        var parent = began.Verdict.Parent;
        if (parent is not null && (Same(parent, verdict.Parent) || Same(parent, token))) yield break;
        yield return new Oddity(
            "stopped-by-stranger", $"{token} stopped it: neither the card that began it nor one of its group.");
    }

    public static Oddity Contradiction(DateTimeOffset at, Energy? meter) =>
        new("stop-contradicted", $"Another stop says {meter?.ToString() ?? "no meter"} at {at:O}.");

    public static Oddity BeforeItsStart(TransactionBegan began, DateTimeOffset stop) =>
        new("stop-before-start", $"The stop is of {stop:O}, the start of {began.At:O}: the duration cannot be told.");

    public static Oddity Correction(TransactionEnded before, DateTimeOffset at, Energy? meter) => new(
        "stop-corrected",
        $"The charger's own stop has come: {meter?.ToString() ?? "no meter"} at {at:O}. "
        + $"Before, the end was taken to be {before.At:O} with {before.Delivered} delivered.");

    /// <summary>That there is no meter at the stop, when there is no stop.</summary>
    public static bool GoesWithoutSaying(Oddity odd) => odd.Code is "meter-stop-missing" or "meter-missing";

    // Who must know of the end has been told, or is being told: nothing of that begins again.
    private static Decision Correct(Transaction.Ended state, EndTransaction c)
    {
        var corrected = Correction(state.End, c.At, c.MeterStop);
        return new(
            new Reply.Accepted(),
            [
                .. Of(state.Began, state.Meter, state.Said, StopOf(c)),
                .. Transaction.Suspicions(
                    c.Id, [corrected, .. c.Oddities, .. AboutTheStopper(state.Began, c.Token, c.Stopper)], c.ArrivedAt),
            ]);
    }

    private static Decision Provisional(
        Transaction.Running state, DateTimeOffset at, DateTimeOffset now, string? closedBy, Reply? reply, Oddity why)
    {
        var began = state.Began;
        var reckoned = Reckoning.Of(began, state.Meter, null, at, now);
        var events = ImmutableArray.Create<TransactionEvent>(
            new TransactionEnded(
                began.Id, null, state.Meter.Last?.Register, reckoned.Delivered, NoStop, at, now, [],
                Inferred: closedBy is null, ClosedBy: closedBy),
            new SuspicionRaised(began.Id, why, now));

        if (reckoned.Oddity is { } odd && !GoesWithoutSaying(odd))
            events = events.Add(new SuspicionRaised(began.Id, odd, now));
        if (began.Verdict.Status != AuthorizationStatus.Accepted && reckoned.Delivered > new Energy(0)
            && !state.Said.Contains(EnergyWithoutAuthorization))
        {
            events = events.Add(FlowedAnyway(began, now));
        }

        return new(reply, events) { Notes = TellOfTheEnd(state, now) };
    }

    private static StopSuspended StopOf(EndTransaction c) =>
        new(c.Id, c.Token, c.MeterStop, c.Reason, c.At, c.ArrivedAt, c.Samples, c.Frame);

    private static bool Same(string one, string? other) =>
        string.Equals(one, other, StringComparison.OrdinalIgnoreCase);

    private static DateTimeOffset Later(DateTimeOffset one, DateTimeOffset other) => one > other ? one : other;
}
