using System.Collections.Immutable;
using System.Runtime.Serialization;
using Moovolt.Domain.Transactions;

namespace Moovolt.Domain.Tokens;

using Decision = Decision<TokenEvent>;

/// <summary>
/// Who may charge: known or not, until when, how many at once. Pure. It is its own snapshot: a new member needs the next
/// name, as in <see cref="ChargePoints.ChargePoint"/>.
/// </summary>
[Journaled("token-snapshot-2"), DataContract]
public sealed record Token(
    [property: DataMember(Order = 1)] TokenDefined? Definition,
    ImmutableArray<Token.TakenPlace> Places)
{
    public static readonly Token Initial = new(null, []);

    /// <summary>
    /// How long a place is kept for a transaction that was admitted and not yet seen to begin. A start that is lost
    /// on its way must not block its tag for longer (field experience: "ghost" transactions and ConcurrentTx).
    /// </summary>
    public static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    /// <summary>How long a place that does not count any more is remembered, should its transaction yet be seen.</summary>
    private static readonly TimeSpan Memory = TimeSpan.FromHours(1);

    /// <summary>A place in use: for a transaction that is admitted, or, once it is known, has begun.</summary>
    [DataContract]
    public sealed record TakenPlace(
        [property: DataMember(Order = 1)] string Key,
        [property: DataMember(Order = 2)] DateTimeOffset At,
        [property: DataMember(Order = 3)] TransactionId? Transaction,
        [property: DataMember(Order = 4)] Outlet? Outlet = null);

    [DataMember(Order = 2)]
    public ImmutableArray<TakenPlace> Places { get => field.IsDefault ? [] : field; init; } = Places;

    public static Decision Decide(Token state, TokenCommand command) => command switch
    {
        Authorize c => new(new Judged(state.Judge(c.At))),
        Admit c => state.AdmitTo(c),
        HoldPlace c => state.Hold(c),
        ReleasePlace c => Release(c),
        DefineToken c => state.Define(c),
        RemoveToken c => state.Remove(c),
        _ => throw new InvalidOperationException($"A token takes no {command.GetType().Name}"),
    };

    public static Token Apply(Token state, TokenEvent @event) => @event switch
    {
        TokenDefined e => state with { Definition = e },
        TokenRemoved => state with { Definition = null },
        PlaceTaken e =>
            state with { Places = state.InUse(e).Add(new TakenPlace(e.Place, e.At, null, e.Outlet)) },
        PlaceHeld e => state with
        {
            Places =
            [
                .. state.Places.Select(
                    place => place.Key == e.Place ? place with { At = e.At, Transaction = e.Transaction } : place),
            ],
        },
        PlaceFreed e => state with { Places = state.Without(e.Place) },
        _ => throw new InvalidOperationException($"A token has no {@event.GetType().Name}"),
    };

    private Verdict Judge(DateTimeOffset now) => Definition switch
    {
        null => new(AuthorizationStatus.Unknown),
        { Blocked: true } d => new(AuthorizationStatus.Blocked, d.ExpiresAt, d.Parent),
        { ExpiresAt: { } end } d when end <= now => new(AuthorizationStatus.Expired, end, d.Parent),
        { } d => new(AuthorizationStatus.Accepted, d.ExpiresAt, d.Parent),
    };

    private Decision AdmitTo(Admit c)
    {
        var verdict = Judge(c.At);
        if (verdict.Status != AuthorizationStatus.Accepted || Definition?.MaxConcurrent is not { } limit)
            return new(new Judged(verdict));

        if (Places.Any(place => place.Key == c.Place))
            return new(new Judged(verdict with { Place = c.Place }));

        // One connector serves one transaction: what the token has there is over, whether its stop has come or not.
        var inUse = Places.Count(place => (place.Transaction is not null || c.At - place.At < Patience)
            && (c.Outlet is null || place.Outlet != c.Outlet));
        return inUse >= limit
            ? new(new Judged(verdict with { Status = AuthorizationStatus.ConcurrentTx }))
            : new(new Judged(verdict with { Place = c.Place }), new PlaceTaken(c.Id, c.Place, c.At, c.Outlet));
    }

    // A place that is gone stays gone: a note that comes after its own end must not block the tag for ever. Journaled
    // all the same, as in Release: a second entity of this name would confirm what it does not know.
    private Decision Hold(HoldPlace c)
    {
        ImmutableArray<Command> confirmed = [new ConfirmBegin(c.Transaction, ClosingParty.Token, c.At)];
        return Places.Any(place => place.Key == c.Place && place.Transaction is not null)
            ? new(null) { Notes = confirmed }
            : new(null, new PlaceHeld(c.Id, c.Place, c.Transaction, c.At)) { Notes = confirmed };
    }

    // Journaled though there may be nothing to free: a second entity of this name that a split has left over, and that
    // never heard of the place, would confirm what it does not know, and the place would be taken for ever. Its write fails.
    private static Decision Release(ReleasePlace c) => new(null, new PlaceFreed(c.Id, c.Place, c.At))
    {
        Notes = [new ConfirmClose(c.Transaction, ClosingParty.Token, c.At, c.Id.Key)],
    };

    // What was not said stays: the token itself knows how it is, whatever tables showed to whoever asks.
    private Decision Define(DefineToken c)
    {
        if (!IsAsSeen(c.SeenAt)) return ChangedMeanwhile(c.Id);
        var defined = new TokenDefined(
            c.Id,
            c.Says(TokenMembers.Status) ? c.Blocked : Definition?.Blocked ?? false,
            c.Says(TokenMembers.ExpiresAt) ? c.ExpiresAt : Definition?.ExpiresAt,
            c.Says(TokenMembers.Parent) ? c.Parent : Definition?.Parent,
            c.Says(TokenMembers.Driver) ? c.Driver : Definition?.Driver,
            c.Says(TokenMembers.MaxConcurrent) ? c.MaxConcurrent : Definition?.MaxConcurrent,
            c.RequestedBy,
            c.At);
        var same = Definition is { } d && d with { At = c.At, RequestedBy = c.RequestedBy } == defined ? Definition : null;
        Reply reply = c.Said is not null ? new TokenStanding(same ?? defined, IsNew: Definition is null)
            : same is null ? new Reply.Accepted() : new Reply.Repeated();
        return same is null ? new(reply, defined) : new(reply);
    }

    // What was admitted and never seen to begin nobody gives back. It has long ceased to count (Patience), but a begin
    // that is told again and again after an outage still finds it.
    private ImmutableArray<TakenPlace> InUse(PlaceTaken e) => Places.RemoveAll(
        taken => taken.Key == e.Place || (taken.Transaction is null && e.At - taken.At >= Memory));

    private Decision Remove(RemoveToken c)
    {
        if (Definition is null) return new(new Reply.Refused($"There is no token {c.Id}.", NotFound: true));
        return IsAsSeen(c.SeenAt)
            ? new(new Reply.Accepted(), new TokenRemoved(c.Id, c.RequestedBy, c.At)) : ChangedMeanwhile(c.Id);
    }

    // Tables keep microseconds.
    private bool IsAsSeen(DateTimeOffset? seenAt) => seenAt is not { } seen
        || (Definition is { } d && d.At.UtcTicks / TimeSpan.TicksPerMicrosecond == seen.UtcTicks / TimeSpan.TicksPerMicrosecond);

    private static Decision ChangedMeanwhile(TokenId id) =>
        new(new Reply.Refused($"{id} was changed since you read it. Read it again.", Changed: true));

    private ImmutableArray<TakenPlace> Without(string place) => Places.RemoveAll(taken => taken.Key == place);
}
