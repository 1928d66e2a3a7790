using System.Collections.Immutable;
using System.Runtime.Serialization;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>A wish and how far it has come.</summary>
/// <param name="Epoch">The session that it was given to; 0 while it is queued.</param>
/// <param name="Answer">What came of it; null until then.</param>
/// <param name="EffectUntil">
/// Until when we look for the effect; null before the charger said yes, and when there is none to see.
/// </param>
/// <param name="EffectSeenAt">When the effect was seen that came before the answer.</param>
/// <param name="Hindrance">What was seen that keeps it from having an effect, in a sentence.</param>
[DataContract]
public sealed record TrackedRequest(
    [property: DataMember(Order = 1)] string RequestId,
    [property: DataMember(Order = 2)] StationRequest Request,
    [property: DataMember(Order = 3)] string RequestedBy,
    [property: DataMember(Order = 4)] RequestState State,
    [property: DataMember(Order = 5)] int Patience,
    [property: DataMember(Order = 6)] long Epoch,
    [property: DataMember(Order = 7)] DateTimeOffset At,
    [property: DataMember(Order = 8)] DateTimeOffset? QueueUntil,
    [property: DataMember(Order = 9)] DateTimeOffset? SentAt,
    [property: DataMember(Order = 10)] DateTimeOffset? FinishedAt,
    [property: DataMember(Order = 11)] StationAnswer? Answer,
    [property: DataMember(Order = 12)] bool Late,
    [property: DataMember(Order = 13)] DateTimeOffset? EffectUntil = null,
    [property: DataMember(Order = 14)] DateTimeOffset? EffectSeenAt = null,
    [property: DataMember(Order = 15)] string? Hindrance = null)
{
    /// <summary>How much longer than the session we wait before we say ourselves that nobody answered.</summary>
    private static readonly TimeSpan Grace = TimeSpan.FromSeconds(15);

    public bool IsUnderWay => State is RequestState.Queued or RequestState.Sent;

    /// <summary>
    /// Whether an effect that is seen now would be news: also of a wish whose answer is still to come, or never came.
    /// </summary>
    public bool AwaitsEffect => State switch
    {
        RequestState.Sent => EffectSeenAt is null && Request.EffectWithin(outcome: null) is not null,
        RequestState.TimedOut => Request.EffectWithin(outcome: null) is not null,
        RequestState.Accepted => EffectUntil is not null,
        _ => false,
    };

    /// <summary>What is seen later than this has other causes.</summary>
    public DateTimeOffset LooksUntil =>
        EffectUntil ?? AnswerDueAt(SentAt ?? At, Patience) + (Request.EffectWithin(outcome: null) ?? TimeSpan.Zero);

    /// <summary>
    /// When the clock must look after a request that was sent and that its session never answered for.
    /// </summary>
    public static DateTimeOffset AnswerDueAt(DateTimeOffset sentAt, int patience) =>
        sentAt + TimeSpan.FromSeconds(patience) + Grace;
}

/// <summary>
/// What is asked of a charger. A wish is written down first, given to one session, never sent twice, never lost: it
/// ends as answered, as not answered (nobody knows), or, queued, as expired or taken back.
/// </summary>
internal static class Requests
{
    /// <summary>How many wishes may be under way at once; one more is refused.</summary>
    public const int MostUnderWay = 100;

    /// <summary>How many finished ones are remembered, for a late answer and for whoever asks again.</summary>
    public const int Remembered = 32;

    public static Decision Ask(ChargePoint state, RequestStation c)
    {
        if (state.Asked.FirstOrDefault(known => known.RequestId == c.RequestId) is { } known)
            return new(new RequestStanding(known));
        if (IsNobody(state)) return Nobody(c.Id);
        if (c.Request.WhyNot(state) is { } wrong) return new(new Reply.Refused(wrong, Wrong: true));
        if (c.Request.WhyNotNow(state) is { } busy) return Refused(busy);
        var mayBeCalled = state.MayBeCalled || Unbooted.MayBeAsked(state, c.Request);
        if (!mayBeCalled && c.QueueUntil is null)
        {
            return Refused(state.Session is null
                ? $"{c.Id} is offline. Ask with ?queue=<seconds> to have it wait."
                : $"{c.Id} is connected but its BootNotification has not been accepted yet: it can be triggered to boot.");
        }

        if (state.Asked.Count(IsUnfinished) >= MostUnderWay)
            return Refused($"{c.Id} has {MostUnderWay} commands under way already.");

        // What may wait does, while another is under way: a wish that no session was given is not lost with one.
        var waits = c.QueueUntil is not null && state.Asked.Any(request => request.State == RequestState.Sent);
        var epoch = mayBeCalled && !waits ? state.Session?.Epoch ?? 0 : 0;
        var requested = new StationRequested(
            c.Id, c.RequestId, c.Request.Complete(state), c.RequestedBy, c.Patience, c.QueueUntil, epoch, c.At);
        var tracked = Begin(requested);
        return new(new RequestStanding(tracked), requested) { Deliveries = epoch == 0 ? [] : Deliver([tracked]) };
    }

    public static Decision Find(ChargePoint state, FindRequest c) =>
        state.Asked.FirstOrDefault(request => request.RequestId == c.RequestId) is { } known
            ? new(new RequestStanding(known))
            : Refused($"{c.Id} remembers no command {c.RequestId}.", notFound: true);

    public static Decision Find(ChargePoint state, FindProtocol c) =>
        IsNobody(state) ? Nobody(c.Id) : new(new ProtocolStanding(
            state.Protocol, state.Registered, [.. state.Open.Select(open => open.LocalId)]));

    public static Decision Cancel(ChargePoint state, CancelRequest c) =>
        state.Asked.FirstOrDefault(request => request.RequestId == c.RequestId) switch
        {
            null => Refused($"{c.Id} remembers no command {c.RequestId}.", notFound: true),
            { State: RequestState.Queued } => new(new Reply.Accepted(), new StationRequestDropped(
                c.Id, c.RequestId, RequestState.Cancelled, $"Taken back by {c.RequestedBy}.", c.At)),
            { State: RequestState.Cancelled } => new(new Reply.Repeated()),
            var known => Refused($"The command is {Word(known.State)} already and cannot be taken back."),
        };

    public static Decision Answer(ChargePoint state, AnswerRequest c)
    {
        var known = state.Asked.FirstOrDefault(request => request.RequestId == c.RequestId);
        if (known is null || known.Epoch != c.Epoch) return new(new Reply.Repeated());

        // A charger's own word that comes late moves on what we had given up; nothing else changes what is finished.
        var late = known.State == RequestState.TimedOut && c.Answer.State != RequestState.TimedOut;
        if (known.State != RequestState.Sent && !late) return new(new Reply.Repeated());

        var within = c.Answer.State == RequestState.Accepted ? known.Request.EffectWithin(c.Answer.Outcome) : null;
        var answered = new StationAnswered(c.Id, c.RequestId, c.Answer, late, c.At, c.At + within);
        return FollowUps.Add(state, known, answered, Finish(state, c.Id, new Reply.Accepted(), [answered], c.At));
    }

    public static Decision Wake(ChargePoint state, WakeChargePoint c)
    {
        var events = ImmutableArray.CreateBuilder<ChargePointEvent>();
        foreach (var request in state.Asked)
        {
            if (request.State == RequestState.Queued && request.QueueUntil <= c.At)
            {
                events.Add(new StationRequestDropped(
                    c.Id, request.RequestId, RequestState.Expired, "The charger did not come in time.", c.At));
            }
            else if (request.State == RequestState.Sent
                && TrackedRequest.AnswerDueAt(request.SentAt ?? request.At, request.Patience) <= c.At)
            {
                var nobody = StationAnswer.Unknown(
                    "noAnswer", "The charger did not answer in time; it may have done it or not.");
                events.Add(new StationAnswered(c.Id, request.RequestId, nobody, Late: false, c.At));
            }
        }

        events.AddRange(Effects.Overdue(state, c.Id, c.At));
        return Finish(state, c.Id, null, events.ToImmutable(), c.At);
    }

    /// <summary>The end of what was given to a session that is gone: the charger may have done it or not.</summary>
    public static IEnumerable<ChargePointEvent> Abandon(ChargePoint state, long epoch, string reason, DateTimeOffset at)
    {
        var code = reason is SessionEnd.Replaced or SessionEnd.NodeLost ? reason : "noAnswer";
        return state.Asked
            .Where(request => request.State == RequestState.Sent && request.Epoch == epoch)
            .Select(request => new StationAnswered(
                state.Session!.Id, // only sessions have requests under way
                request.RequestId,
                StationAnswer.Unknown(code, $"The connection ended ({reason}) before the charger answered."),
                Late: false,
                at));
    }

    /// <summary>
    /// The first of those that wait, unless the session has one already: it is the only one that is lost with the
    /// session, and when it is over the next one's turn has come.
    /// </summary>
    /// <param name="may">Which of them the charger may be asked now; null: all.</param>
    public static (ImmutableArray<ChargePointEvent> Sent, ImmutableArray<Delivery> Calls) SendQueued(
        ChargePoint state, ChargePointId id, long epoch, DateTimeOffset at, Func<StationRequest, bool>? may = null)
    {
        var next = state.Asked.FirstOrDefault(request => request.State == RequestState.Queued
            && !(request.QueueUntil <= at) && may?.Invoke(request.Request) != false);
        if (next is null || state.Asked.Any(request => request.State == RequestState.Sent && request.Epoch == epoch))
            return ([], []);
        return (
            [new StationRequestSent(id, next.RequestId, epoch, at)],
            Deliver([next with { Epoch = epoch, State = RequestState.Sent }]));
    }

    private static Decision Finish(
        ChargePoint state, ChargePointId id, Reply? reply, ImmutableArray<ChargePointEvent> finished, DateTimeOffset at)
    {
        if (state.Session is not { } session || !(state.MayBeCalled || state.IsRenewing)) return new(reply, finished);
        var (sent, calls) = SendQueued(
            state with { Asked = finished.Aggregate(state.Asked, Apply) }, id, session.Epoch, at,
            state.MayBeCalled ? null : request => Unbooted.MayBeAsked(state, request));
        return new(reply, [.. finished, .. sent]) { Deliveries = calls };
    }

    public static ImmutableArray<Delivery> Deliver(IEnumerable<TrackedRequest> requests) =>
        [.. requests.Where(request => request.State == RequestState.Sent)
            .Select(request => new CallStation(request.Epoch, request.RequestId, request.Request, request.Patience))];

    public static ImmutableArray<TrackedRequest> Apply(ImmutableArray<TrackedRequest> asked, ChargePointEvent @event) =>
        @event switch
    {
        StationRequested e => Forget(asked).Add(Begin(e)),
        StationRequestSent e => Change(asked, e.RequestId, request => request with
        {
            State = RequestState.Sent, Epoch = e.Epoch, SentAt = e.At,
        }),
        StationAnswered e => Change(asked, e.RequestId, request => request with
        {
            State = e.Answer.State, Answer = e.Answer, Late = e.Late, FinishedAt = e.At, EffectUntil = e.EffectUntil,
        }),
        StationRequestHindered e => Change(asked, e.RequestId, request => request with { Hindrance = e.Why }),
        StationEffectSeen e => Change(asked, e.RequestId, request => request with { EffectSeenAt = e.At }),
        StationRequestSettled e => Change(asked, e.RequestId, request => request with
        {
            State = e.State,
            FinishedAt = e.At,
            EffectUntil = null,
            Answer = e.State == RequestState.Effective
                ? request.Answer
                : request.Answer! with { ErrorCode = "noEffect", ErrorDescription = e.Why }, // was answered: Accepted
        }),
        StationRequestDropped e => Change(asked, e.RequestId, request => request with
        {
            State = e.State, FinishedAt = e.At, Answer = new StationAnswer(e.State, null, Word(e.State), e.Why),
        }),
        _ => asked,
    };

    // A wish whose effect is still awaited by the clock must be known when the time is over.
    private static bool IsUnfinished(TrackedRequest request) => request.IsUnderWay || request.EffectUntil is not null;

    private static TrackedRequest Begin(StationRequested e) => new(
        e.RequestId, e.Request, e.RequestedBy, e.Epoch == 0
            ? RequestState.Queued : RequestState.Sent, e.Patience, e.Epoch,
        e.At, e.QueueUntil, e.Epoch == 0 ? null : e.At, null, null, Late: false);

    private static ImmutableArray<TrackedRequest> Forget(ImmutableArray<TrackedRequest> asked)
    {
        var finished = asked.Where(request => !IsUnfinished(request)).ToImmutableArray();
        return finished.Length < Remembered ? asked : asked.Remove(finished[0]);
    }

    private static ImmutableArray<TrackedRequest> Change(
        ImmutableArray<TrackedRequest> asked, string requestId, Func<TrackedRequest, TrackedRequest> change) =>
        [.. asked.Select(request => request.RequestId == requestId ? change(request) : request)];

    private static string Word(RequestState state) =>
        char.ToLowerInvariant($"{state}"[0]) + $"{state}"[1..];

    // Retired, or never heard of: to an operator both are no charge point.
    private static bool IsNobody(ChargePoint state) =>
        state.Retired || (state.Registered is null && state.LastEpoch == 0);

    private static Decision Nobody(ChargePointId id) => Refused($"There is no charge point {id}.", notFound: true);

    private static Decision Refused(string reason, bool notFound = false) => new(new Reply.Refused(reason, notFound));
}
