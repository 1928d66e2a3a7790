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

    /// <summary>Which of its steps were told, by a charger that numbers them; none otherwise.</summary>
    public StepsTold Told { get; init; } = StepsTold.None;

    /// <summary>Who keeps a place for it, and has not said that it is free.</summary>
    public ImmutableArray<KeptPlace> Kept { get; init; } = [];

    /// <summary>How it began; null while that is not known.</summary>
    internal TransactionBegan? BeganSoFar => this switch
    {
        Running s => s.Began,
        Ended s => s.Began,
        _ => null,
    };

    internal MeterSeen MeterSoFar => this switch
    {
        Running s => s.Meter,
        Ended s => s.Meter,
        NotBegun s => s.Meter,
        _ => MeterSeen.None,
    };

    /// <summary>We have heard of it, at most, by samples or stops that came before its start.</summary>
    /// <param name="Stop">The first of the stops that wait.</param>
    public sealed record NotBegun(StopSuspended? Stop, MeterSeen Meter) : Transaction
    {
        /// <summary>What the last stops said that wait, by fingerprints: see <see cref="Suspense"/>.</summary>
        public ImmutableArray<ulong> Waiting { get; init; } = [];
    }

    /// <param name="HeardAt">When we last heard of it.</param>
    /// <param name="Said">The codes of what was odd so far: what comes with every sample is said once.</param>
    public sealed record Running(
        TransactionBegan Began, MeterSeen Meter, DateTimeOffset HeardAt, ImmutableHashSet<string> Said) : Transaction;

    /// <param name="Untold">Who is told of the end when the clock says that it may not know: who has not confirmed it.</param>
    /// <param name="Contradictions">Later stops that said something else, each kept once.</param>
    /// <param name="Said">As in <see cref="Running"/>.</param>
    public sealed record Ended(
        TransactionBegan Began,
        TransactionEnded End,
        MeterSeen Meter,
        ImmutableHashSet<ClosingParty> Untold,
        ImmutableHashSet<Oddity> Contradictions,
        ImmutableHashSet<string> Said) : Transaction
    {
        /// <summary>Whether its own stop is still to come, and would take the place of this end.</summary>
        public bool IsProvisional => End.Inferred || End.ClosedBy is not null;
    }

    public static Decision Decide(Transaction state, TransactionCommand command) => (state, command) switch
    {
        (NotBegun s, BeginTransaction c) => Begin(s, c),
        (Running s, BeginTransaction) => new(new Began(s.Began.Id, s.Began.Verdict)),
        (Ended s, BeginTransaction c) => BeginAgain(s, c),

        (_, ReportStep c) => Steps.Report(state, c),

        (NotBegun, RecordSamples { Placed: false } c) => AskWhereItBelongs(c),
        (NotBegun s, RecordSamples c) => Sampling.Record(s.Meter, c, _ => []),
        (Running s, RecordSamples c) => Sampling.Record(s, c),
        (Ended s, RecordSamples c) => Sampling.Record(s, c),

        (Running s, EndTransaction c) => Ending.Finish(s, c),
        (Ended s, EndTransaction c) => Ending.FinishAgain(s, c),
        (NotBegun s, EndTransaction c) when Suspense.Holds(s, c) => Suspense.Repeat(c),
        (NotBegun, EndTransaction { Placed: false } c) => AskWhereItBelongs(c),
        (NotBegun s, EndTransaction c) => Suspense.Keep(s, c),

        (Running s, InferEnd c) => Ending.Infer(s, c),
        (_, InferEnd c) => new(null) { Notes = [Ending.IsNotOpen(c.Id, c.ArrivedAt)] },
        (Running, AwaitStop c) => new(null, new StopAwaited(c.Id, c.Again, c.At)),
        (Running or Ended, WakeTransaction { Reason: Untold.Begin or Untold.Place } c) => Untold.TellAgain(state, c),
        (Running s, WakeTransaction c) => new(null)
        {
            Notes = [MissingStops.Question(s, c), .. KeptPlaces.Release(s, c.At)],
        },
        (_, CloseRecord c) => Ending.Close(state, c),

        (_, ConfirmClose { By: ClosingParty.Token } c) => KeptPlaces.Confirm(state, c),
        (Ended s, ConfirmClose c) when s.Untold.Contains(c.By) => new(null, new CloseConfirmed(c.Id, c.By, c.At)),
        (Ended s, WakeTransaction c) => new(null) { Notes = Ending.TellOfTheEnd(s, c.At) },
        (Running or Ended, ConfirmBegin c) => Untold.Confirm(state, c),
        (_, ConfirmClose or ConfirmBegin or WakeTransaction or AwaitStop) => new(null),

        _ => throw new InvalidOperationException($"A transaction takes no {command.GetType().Name}"),
    };

    public static Transaction Apply(Transaction state, TransactionEvent @event) => @event switch
    {
        SamplesRecorded { Step: { } step } e => ApplyAlone(state, @event) with { Told = state.Told.With(step, e.Frame, e.Said) },
        TransactionAuthorized => ApplyAlone(state, @event) with { Told = state.Told.WithToken() },
        TransactionBegan { Token.Length: > 0 } when state is NotBegun =>
            ApplyAlone(state, @event) with { Told = state.Told.WithToken() },
        _ => ApplyAlone(state, @event),
    };

    private static Transaction ApplyAlone(Transaction state, TransactionEvent @event) => (state, @event) switch
    {
        (NotBegun s, TransactionBegan e) => new Running(e, s.Meter, e.ArrivedAt, [])
        {
            Told = s.Told, Kept = KeptPlaces.With([], e.Token, e.Verdict),
        },
        (Running s, TransactionBegan e) => s with { Began = e },
        (Ended s, TransactionBegan e) => s with { Began = e },
        (Running s, TransactionAuthorized e) => s with
        {
            Began = s.Began with { Token = e.Token, Verdict = e.Verdict },
            Kept = KeptPlaces.With(s.Kept, e.Token, e.Verdict),
        },
        (Ended s, TransactionAuthorized e) => s with { Began = s.Began with { Token = e.Token, Verdict = e.Verdict } },
        (NotBegun s, StopSuspended e) => Suspense.Apply(s, e),
        (NotBegun s, SamplesRecorded e) => s with { Meter = s.Meter.With(e) },
        (Running s, SamplesRecorded e) => s with { Meter = s.Meter.With(e), HeardAt = e.ArrivedAt },
        (Running s, TransactionEnded e) => new Ended(
            s.Began, e, s.Meter.With(e.Samples, e.ArrivedAt), Ending.WhoMustKnow(s), [], s.Said)
        {
            Told = s.Told, Kept = s.Kept,
        },
        (Running s, SuspicionRaised e) => s with { Said = s.Said.Add(e.Oddity.Code) },
        (Ended s, SamplesRecorded e) => s with { Meter = s.Meter.With(e) },
        (Ended s, TransactionEnded e) => s with { End = e, Meter = s.Meter.With(e.Samples, e.ArrivedAt) },
        (Running s, CloseConfirmed e) => s with { Kept = KeptPlaces.Without(s.Kept, e.Token) },
        (Ended s, CloseConfirmed e) => s with
        {
            Untold = e.AwaitsOthers ? s.Untold : s.Untold.Remove(e.By),
            Kept = e.By == ClosingParty.Token ? KeptPlaces.Without(s.Kept, e.Token) : s.Kept,
        },
        (Ended s, SuspicionRaised e) => s with
        {
            Contradictions = s.Contradictions.Add(e.Oddity), Said = s.Said.Add(e.Oddity.Code),
        },
        (Running s, SuspicionSettled e) => s with { Said = s.Said.Remove(e.Code) },
        (Ended s, SuspicionSettled e) => s with { Said = s.Said.Remove(e.Code) },
        (_, SuspicionRaised or SuspicionSettled or StopAwaited or BeginConfirmed) => state,
        _ => throw new InvalidOperationException($"Journal is out of order: {@event} after {state}"),
    };

    private static Decision Begin(NotBegun state, BeginTransaction c)
    {
        var skew = ClockSkew.WorthSaying(c.ClockSkewSeconds);
        var began = new TransactionBegan(
            c.Id, c.Connector, c.Token, c.Verdict, c.MeterStart, c.At, c.ArrivedAt, c.NumberedByUs, c.Reservation, c.Frame,
            c.Replayed, skew);
        var oddities = c.Oddities.AddRange(Beginning.Oddities(began));
        var events = ImmutableArray.Create<TransactionEvent>(began).AddRange(Suspicions(c.Id, oddities, c.ArrivedAt));
        ImmutableArray<Command> notes = [Untold.NoteOf(began, c.ArrivedAt)];
        if (Untold.HoldOf(began, c.ArrivedAt) is { } hold) notes = notes.Add(hold);

        // A number of ours is new, so a stop that we already hold under it is some other transaction's: it stays
        // what it is. A charger's own id is the charger's word: the stop came first, and is placed now.
        if (state.Stop is { } stop && !c.NumberedByUs)
        {
            events = events.AddRange(Ending.Of(began, state.Meter, [], stop));
            notes = notes.AddRange(Ending.TellOfTheEnd(Apply(state, began), c.ArrivedAt));
        }

        return new(new Began(c.Id, c.Verdict), events) { Notes = notes };
    }

    // A start that comes once more when all is over has been given a place by its token, and nobody else gives it back.
    private static Decision BeginAgain(Ended state, BeginTransaction c) =>
        new(new Began(state.Began.Id, state.Began.Verdict))
        {
            Notes = c.Verdict.Place is { } place
                ? [new ReleasePlace(new TokenId(c.Token), place, c.Id, c.ArrivedAt)]
                : [],
        };

    // Samples under an id that never began: the charge point knows what is open on that connector.
    private static Decision AskWhereItBelongs(RecordSamples c) => new(null)
    {
        Forward = new PlaceSamples(
            c.Id.ChargePoint, c.Connector, c.Id.LocalId, c.Samples, c.ArrivedAt, c.Oddities, c.Frame),
    };

    // A stop under an id that never began: the charge point knows what its token has open.
    private static Decision AskWhereItBelongs(EndTransaction c) => new(null)
    {
        Forward = new PlaceStop(
            c.Id.ChargePoint, c.Token, c.MeterStop, c.Reason, c.At, c.ArrivedAt, c.Samples, c.Oddities, c.Frame ?? "",
            c.Id.LocalId, c.Stopper),
    };

    internal static IEnumerable<TransactionEvent> Suspicions(
        TransactionId id, IEnumerable<Oddity> oddities, DateTimeOffset at) =>
        oddities.Select(oddity => new SuspicionRaised(id, oddity, at));
}
