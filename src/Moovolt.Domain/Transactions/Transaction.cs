using System.Collections.Immutable;
using Moovolt.Domain.ChargePoints;
using Moovolt.Domain.Tokens;

namespace Moovolt.Domain.Transactions;

using Decision = Decision<TransactionEvent>;

/// <summary>
/// One charging transaction: not begun, running, or ended. Pure: time arrives in the command, and the same events
/// always give the same state. What chargers report are facts and never refused; what is odd is recorded beside them.
/// </summary>
public abstract record Transaction
{
    public static readonly Transaction Initial = new NotBegun(null, MeterSeen.None);

    /// <summary>We have heard of it, at most, by samples or a stop that came before its start.</summary>
    public sealed record NotBegun(StopSuspended? Stop, MeterSeen Meter) : Transaction;

    public sealed record Running(TransactionBegan Began, MeterSeen Meter) : Transaction;

    /// <param name="Untold">Who has not confirmed yet that it knows of the end.</param>
    /// <param name="Contradictions">Later stops that said something else, each kept once.</param>
    public sealed record Ended(
        TransactionBegan Began,
        TransactionEnded End,
        MeterSeen Meter,
        ImmutableHashSet<ClosingParty> Untold,
        ImmutableHashSet<Oddity> Contradictions) : Transaction;

    public static Decision Decide(Transaction state, TransactionCommand command) => (state, command) switch
    {
        (NotBegun s, BeginTransaction c) => Begin(s, c),
        (Running s, BeginTransaction) => new(new Began(s.Began.Id, s.Began.Verdict)),
        (Ended s, BeginTransaction) => new(new Began(s.Began.Id, s.Began.Verdict)),

        (NotBegun, RecordSamples { Placed: false } c) => AskWhereItBelongs(c),
        (_, RecordSamples c) => Record(state, c),

        (Running s, EndTransaction c) => Finish(s, c),
        (Ended s, EndTransaction c) => FinishAgain(s, c),
        (NotBegun s, EndTransaction c) => Suspend(s, c),

        (Ended s, ConfirmClose c) when s.Untold.Contains(c.By) => new(null, new CloseConfirmed(c.Id, c.By, c.At)),
        (Ended s, WakeTransaction c) => new(null) { Notes = TellOfTheEnd(s.Began, s.Untold, c.At) },
        (_, ConfirmClose or WakeTransaction) => new(null),

        _ => throw new InvalidOperationException($"A transaction takes no {command.GetType().Name}"),
    };

    public static Transaction Apply(Transaction state, TransactionEvent @event) => (state, @event) switch
    {
        (NotBegun s, TransactionBegan e) => new Running(e, s.Meter),
        (NotBegun s, StopSuspended e) => s with { Stop = e },
        (NotBegun s, SamplesRecorded e) => s with { Meter = s.Meter.With(e) },
        (Running s, SamplesRecorded e) => s with { Meter = s.Meter.With(e) },
        (Running s, TransactionEnded e) => new Ended(s.Began, e, s.Meter.With(e.Samples), WhoMustKnow(s.Began), []),
        (Ended s, SamplesRecorded e) => s with { Meter = s.Meter.With(e) },
        (Ended s, CloseConfirmed e) => s with { Untold = s.Untold.Remove(e.By) },
        (Ended s, SuspicionRaised e) => s with { Contradictions = s.Contradictions.Add(e.Oddity) },
        (_, SuspicionRaised) => state,
        _ => throw new InvalidOperationException($"Journal is out of order: {@event} after {state}"),
    };

    private static Decision Begin(NotBegun state, BeginTransaction c)
    {
        var began = new TransactionBegan(
            c.Id, c.Connector, c.Token, c.Verdict, c.MeterStart, c.At, c.ArrivedAt, c.NumberedByUs, c.Reservation, c.Frame);
        var events = ImmutableArray.Create<TransactionEvent>(began).AddRange(Suspicions(c.Id, c.Oddities, c.ArrivedAt));
        ImmutableArray<Command> notes = [new NoteTransactionBegan(
            c.Id.ChargePoint, c.Id.LocalId, c.Connector, c.Token, c.ArrivedAt)];
        if (c.Verdict.Place is { } place)
            notes = notes.Add(new HoldPlace(new TokenId(c.Token), place, c.Id, c.ArrivedAt));

        // A number of ours is new, so a stop that we already hold under it is some other transaction's: it stays
        // what it is. A charger's own id is the charger's word: the stop came first, and is placed now.
        if (state.Stop is { } stop && !c.NumberedByUs)
        {
            events = events.AddRange(Ending(began, state.Meter, stop));
            notes = notes.AddRange(TellOfTheEnd(began, WhoMustKnow(began), c.ArrivedAt));
        }

        return new(new Began(c.Id, c.Verdict), events) { Notes = notes };
    }

    // Samples under an id that never began: the charge point knows what is open on that connector.
    private static Decision AskWhereItBelongs(RecordSamples c) => new(null)
    {
        Forward = new PlaceSamples(
            c.Id.ChargePoint, c.Connector, c.Id.LocalId, c.Samples, c.ArrivedAt, c.Oddities, c.Frame),
    };

    private static Decision Record(Transaction state, RecordSamples c)
    {
        if (MeterOf(state).News(c.Samples, c.Frame) is not { } news) return new(new Reply.Repeated());
        var events = ImmutableArray.Create<TransactionEvent>(new SamplesRecorded(c.Id, news, c.ArrivedAt, c.Frame))
            .AddRange(Suspicions(c.Id, c.Oddities, c.ArrivedAt));
        return new(new Reply.Accepted(), events);
    }

    private static Decision Finish(Running state, EndTransaction c)
    {
        var stop = new StopSuspended(
            c.Id, c.Token, c.MeterStop, c.Reason, c.At, c.ArrivedAt, c.Samples, c.Frame);
        var events = Ending(state.Began, state.Meter, stop).AddRange(Suspicions(c.Id, c.Oddities, c.ArrivedAt));
        return new(new Reply.Accepted(), events)
        {
            Notes = TellOfTheEnd(state.Began, WhoMustKnow(state.Began), c.ArrivedAt),
        };
    }

    // The first stop is the truth; another one that says something else is kept as evidence (SteVe issue 955).
    private static Decision FinishAgain(Ended state, EndTransaction c)
    {
        var same = state.End.MeterStop == c.MeterStop && state.End.At == c.At;
        var other = new Oddity("stop-contradicted", $"Another stop says {c.MeterStop?.ToString() ?? "no meter"} at {c.At:O}.");
        return same || state.Contradictions.Contains(other)
            ? new(new Reply.Repeated())
            : new(new Reply.Repeated(), new SuspicionRaised(c.Id, other, c.ArrivedAt));
    }

    private static Decision Suspend(NotBegun state, EndTransaction c) => state.Stop is not null
        ? new(new Reply.Repeated())
        : new(new Reply.Accepted(), ImmutableArray.Create<TransactionEvent>(new StopSuspended(
                c.Id, c.Token, c.MeterStop, c.Reason, c.At, c.ArrivedAt, c.Samples, c.Frame))
            .AddRange(Suspicions(c.Id, c.Oddities, c.ArrivedAt)));

    private static ImmutableArray<TransactionEvent> Ending(TransactionBegan began, MeterSeen meter, StopSuspended stop)
    {
        var (delivered, oddity) = meter.With(stop.Samples).Delivered(began.MeterStart, stop.MeterStop);
        ImmutableArray<TransactionEvent> events = [new TransactionEnded(
            began.Id, stop.Token, stop.MeterStop, delivered, stop.Reason, stop.At, stop.ArrivedAt, stop.Samples, stop.Frame)];
        return oddity is null ? events : events.Add(new SuspicionRaised(began.Id, oddity, stop.ArrivedAt));
    }

    private static ImmutableHashSet<ClosingParty> WhoMustKnow(TransactionBegan began) =>
        began.Verdict.Place is null ? [ClosingParty.ChargePoint] : [ClosingParty.ChargePoint, ClosingParty.Token];

    private static ImmutableArray<Command> TellOfTheEnd(
        TransactionBegan began, ImmutableHashSet<ClosingParty> untold, DateTimeOffset at)
    {
        var notes = ImmutableArray<Command>.Empty;
        if (untold.Contains(ClosingParty.ChargePoint))
            notes = notes.Add(new NoteTransactionEnded(began.Id.ChargePoint, began.Id.LocalId, at));
        if (untold.Contains(ClosingParty.Token) && began.Verdict.Place is { } place)
            notes = notes.Add(new ReleasePlace(new TokenId(began.Token), place, began.Id, at));
        return notes;
    }

    private static IEnumerable<TransactionEvent> Suspicions(
        TransactionId id, ImmutableArray<Oddity> oddities, DateTimeOffset at) =>
        oddities.Select(oddity => new SuspicionRaised(id, oddity, at));

    private static MeterSeen MeterOf(Transaction state) => state switch
    {
        NotBegun s => s.Meter,
        Running s => s.Meter,
        Ended s => s.Meter,
        _ => throw new InvalidOperationException($"No such phase: {state.GetType().Name}"),
    };
}
