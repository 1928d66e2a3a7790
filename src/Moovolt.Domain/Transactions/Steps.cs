using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.Transactions;

using Decision = Decision<TransactionEvent>;

/// <summary>
/// A transaction that is told in steps. It begins with the first step that is heard, whichever that is, and what is
/// told later takes the place of what was assumed: whatever the order, the same steps come to the same transaction.
/// </summary>
internal static class Steps
{
    private const string UsualReason = "Local"; // what a charger means that gives none (OCPP 2.0.1, TransactionType)

    public static Decision Report(Transaction state, ReportStep c)
    {
        var said = c.Said;
        if (state.Told.Knows(c.Step, c.Frame, said))
            return new(new Reply.Repeated()) { Notes = [.. Unneeded(state, c)] };

        var story = new Story(state);
        story.Add(new SamplesRecorded(
            c.Id, state.MeterSoFar.News(c.Samples, null) ?? [], c.ArrivedAt, c.Frame, c.Step, said));
        var began = state.BeganSoFar;
        if (began is null)
        {
            story.Add(Begin(c, story.State.MeterSoFar));
        }
        else
        {
            Correct(story, began, c);
            Authorize(story, c);
        }

        if (c.Step.Kind == StepKind.Ended) End(story, c, began);
        else Reckon(story, c, began);
        story.Add(Transaction.Suspicions(c.Id, c.Oddities, c.ArrivedAt));
        Contradiction(story, state, c);
        story.Add(StepOddities.Changes(c.Id, state, story.State, c.ArrivedAt));
        return new(new Reply.Accepted(), story.Events) { Notes = Notes(state, story.State, c) };
    }

    private static TransactionBegan Begin(ReportStep c, MeterSeen meter)
    {
        var told = c.Step.Kind == StepKind.Began;
        return new TransactionBegan(
            c.Id, c.Connector ?? ConnectorId.ChargePoint, c.Token ?? "", c.Verdict ?? Verdict.Accepted,
            meter.AtBegin ?? (told ? First(c.Samples) : null), c.At, c.ArrivedAt, NumberedByUs: false, c.Reservation,
            Frame: null, c.Step.Offline, ClockSkewSeconds: null, Inferred: !told, c.RemoteStart);
    }

    // The step that began it has come after others; or another one says more about the beginning.
    private static void Correct(Story story, TransactionBegan began, ReportStep c)
    {
        var itself = c.Step.Kind == StepKind.Began && began.Inferred;
        var corrected = began with
        {
            Inferred = began.Inferred && !itself,
            At = itself || (began.Inferred && c.At < began.At) ? c.At : began.At,
            ArrivedAt = itself ? c.ArrivedAt : began.ArrivedAt,
            Replayed = itself ? c.Step.Offline : began.Replayed,
            Connector = Finer(began.Connector, c.Connector),
            MeterStart = story.State.MeterSoFar.AtBegin ?? (itself ? First(c.Samples) : began.MeterStart),
            Reservation = began.Reservation ?? c.Reservation,
            RemoteStart = began.RemoteStart ?? c.RemoteStart,
        };
        if (corrected != began) story.Add(corrected);
    }

    private static void Authorize(Story story, ReportStep c)
    {
        if (c.Token is not { } token || c.Verdict is not { } verdict) return;
        if (story.Began.Token.Length > 0 && c.Step.TokenRank >= story.State.Told.TokenRank) return;

        // A place is not held for what is over.
        var over = story.State is Transaction.Ended || c.Step.Kind == StepKind.Ended;
        story.Add(new TransactionAuthorized(
            c.Id, token, over ? verdict with { Place = null } : verdict, c.At, c.ArrivedAt));
    }

    /// <param name="told">How it began before this step said more about that; null when this is the first.</param>
    private static void End(Story story, ReportStep c, TransactionBegan? told)
    {
        var before = story.State as Transaction.Ended;
        var meter = story.State.MeterSoFar;
        var end = Reckoned(story.Began, meter, new TransactionEnded(
            c.Id, c.Token, meter.AtEnd ?? Last(c.Samples), default, c.Reason ?? UsualReason, c.At, c.ArrivedAt, []));
        if (before is { IsProvisional: false })
        {
            // The first end is the truth; another one that says something else is kept as evidence.
            Reckon(story, c, told);
            if (before.End.At != end.At || before.End.MeterStop != end.MeterStop)
                story.Add(new SuspicionRaised(c.Id, Ending.Contradiction(c.At, end.MeterStop), c.ArrivedAt));
            return;
        }

        story.Add(end);
        if (before is not null)
            story.Add(new SuspicionRaised(c.Id, Ending.Correction(before.End, c.At, end.MeterStop), c.ArrivedAt));
        foreach (var stranger in Ending.AboutTheStopper(story.Began, c.Token, c.Verdict))
            story.Add(new SuspicionRaised(c.Id, stranger, c.ArrivedAt));
    }

    // What is told after the end may say more about it.
    private static void Reckon(Story story, ReportStep c, TransactionBegan? before)
    {
        if (story.State is not Transaction.Ended ended) return;
        var (meter, end) = (ended.Meter, ended.End);
        var last = meter.Last;
        var revised = Reckoned(ended.Began, meter, ended.IsProvisional
            ? end with
            {
                MeterStop = last?.Register,
                At = last?.At > end.At ? last.Value.At : end.At,
                ArrivedAt = c.ArrivedAt,
            }
            : end with { MeterStop = meter.AtEnd ?? end.MeterStop });
        if (revised with { ArrivedAt = end.ArrivedAt } != end || ended.Began != before) story.Add(revised);
    }

    private static void Contradiction(Story story, Transaction before, ReportStep c)
    {
        const string Code = "step-contradicted";
        if (c.Step.Number is not { } number || !before.Told.Numbers.Contains(number) || story.Said.Contains(Code))
            return;
        story.Add(new SuspicionRaised(
            c.Id, new Oddity(Code, $"Step {number} was told twice, and not the same both times: both are kept."),
            c.ArrivedAt));
    }

    // To the charge point what is open where and for whom, once more when that is known better; to the token its place.
    private static ImmutableArray<Command> Notes(Transaction before, Transaction after, ReportStep c)
    {
        var notes = ImmutableArray.CreateBuilder<Command>();
        var began = after.BeganSoFar!; // it has begun
        var known = before.BeganSoFar;
        var isOpen = before is not Transaction.Ended;
        if (isOpen && (known is null || known.Connector != began.Connector || known.Token != began.Token
            || known.RemoteStart != began.RemoteStart))
        {
            notes.Add(Untold.NoteOf(began, c.ArrivedAt));
        }

        var keptBefore = known?.Verdict.Place == began.Verdict.Place && known?.Token == began.Token;
        if (isOpen && !keptBefore && Untold.HoldOf(began, c.ArrivedAt) is { } hold) notes.Add(hold);
        notes.AddRange(Unneeded(before, c));
        if (isOpen && after is Transaction.Ended ended)
            notes.AddRange(Ending.TellOfTheEnd(ended, c.ArrivedAt));
        if (after is Transaction.Running running) notes.AddRange(KeptPlaces.Release(running, c.ArrivedAt));
        return notes.ToImmutable();
    }

    // The token was asked before we were, and has kept a place for what is over.
    private static IEnumerable<Command> Unneeded(Transaction state, ReportStep c) =>
        state is Transaction.Ended && c.Verdict?.Place is { } place && c.Token is { } token
            ? [new ReleasePlace(new TokenId(token), place, c.Id, c.ArrivedAt)]
            : [];

    private static TransactionEnded Reckoned(TransactionBegan began, MeterSeen meter, TransactionEnded end) => end with
    {
        Delivered = Reckoning.Of(
            began, meter, end.Inferred || end.ClosedBy is not null
                ? null : end.MeterStop, end.At, end.ArrivedAt).Delivered,
    };

    private static ConnectorId Finer(ConnectorId known, ConnectorId? said) => said switch
    {
        null => known,
        { } place when known == ConnectorId.ChargePoint || (known.Connector == 0 && known.Evse == place.Evse) => place,
        _ => known,
    };

    private static Energy? First(ImmutableArray<Sample> samples) =>
        samples.Where(sample => sample.Register() is not null)
            .MinBy(sample => sample.At ?? DateTimeOffset.MinValue)?.Register();

    private static Energy? Last(ImmutableArray<Sample> samples) =>
        samples.Where(sample => sample.Register() is not null)
            .MaxBy(sample => sample.At ?? DateTimeOffset.MaxValue)?.Register();

    /// <summary>What a step comes to, event after event: each is decided with the ones before it applied.</summary>
    private sealed class Story(Transaction state)
    {
        private readonly ImmutableArray<TransactionEvent>.Builder events =
            ImmutableArray.CreateBuilder<TransactionEvent>();

        public Transaction State { get; private set; } = state;

        public ImmutableArray<TransactionEvent> Events => events.ToImmutable();

        public TransactionBegan Began => State.BeganSoFar ?? throw new InvalidOperationException("It has not begun");

        public ImmutableHashSet<string> Said => State switch
        {
            Transaction.Running s => s.Said,
            Transaction.Ended s => s.Said,
            _ => [],
        };

        public void Add(TransactionEvent happened)
        {
            events.Add(happened);
            State = Transaction.Apply(State, happened);
        }

        public void Add(IEnumerable<TransactionEvent> happened)
        {
            foreach (var one in happened) Add(one);
        }
    }
}
