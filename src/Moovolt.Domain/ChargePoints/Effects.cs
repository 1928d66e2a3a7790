using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// From what happens to a charger to what was wished of it: "Accepted" is a promise, and here it is seen whether it
/// was kept. The effect may come before the answer does; then the answer settles the wish.
/// </summary>
internal static class Effects
{
    /// <summary>Adds to a decision what its events say about the wishes that await an effect.</summary>
    public static Decision Follow(ChargePoint state, Decision decision)
    {
        if (decision.Events.IsEmpty || !MayBeSeen(state, decision)) return decision;

        var events = ImmutableArray.CreateBuilder<ChargePointEvent>();
        foreach (var @event in decision.Events)
        {
            events.Add(@event);
            state = ChargePoint.Apply(state, @event);
            foreach (var seen in SeenIn(state, @event))
            {
                events.Add(seen);
                state = ChargePoint.Apply(state, seen);
            }
        }

        return events.Count == decision.Events.Length ? decision : decision with { Events = events.ToImmutable() };
    }

    /// <summary>The end of those wishes whose effect nobody has seen in time.</summary>
    public static IEnumerable<ChargePointEvent> Overdue(ChargePoint state, ChargePointId id, DateTimeOffset now) =>
        from request in state.Asked
        where request.State == RequestState.Accepted && request.EffectUntil <= now
        select new StationRequestSettled(
            id, request.RequestId, RequestState.NoEffect, request.Hindrance ?? request.Request.WhyNoEffect(state), now);

    private static bool MayBeSeen(ChargePoint state, Decision decision) =>
        state.Asked.Any(request => request.AwaitsEffect) || decision.Events.Any(@event => @event is StationAnswered);

    private static IEnumerable<ChargePointEvent> SeenIn(ChargePoint state, ChargePointEvent @event)
    {
        foreach (var request in state.Asked)
        {
            if (!request.AwaitsEffect) continue;
            if (request.LooksUntil < @event.At && !WasSeenBefore(@event, request)) continue;
            if (request.State is RequestState.Accepted or RequestState.TimedOut
                && request.Request.FailedIn(state, @event, request) is { } why)
                yield return new StationRequestSettled(
                    @event.Id, request.RequestId, RequestState.NoEffect, why, @event.At);
            if (!IsSeenIn(state, @event, request)) continue;

            yield return request.State == RequestState.Sent
                ? new StationEffectSeen(@event.Id, request.RequestId, @event.At)
                : new StationRequestSettled(@event.Id, request.RequestId, RequestState.Effective, null, @event.At);
            if (request.Request.TakesItAlone()) yield break;
        }
    }

    // Seen before, and now answered; or seen just now.
    private static bool IsSeenIn(ChargePoint state, ChargePointEvent @event, TrackedRequest request) =>
        WasSeenBefore(@event, request) || request.Request.SeenIn(state, @event, request);

    // That nobody will answer any more is an answer too: what was seen says more.
    private static bool WasSeenBefore(ChargePointEvent @event, TrackedRequest request) =>
        request.EffectSeenAt is not null && @event is StationAnswered answered
            && answered.RequestId == request.RequestId;
}
