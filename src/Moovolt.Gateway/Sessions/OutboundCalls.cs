using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp;
using Moovolt.Ocpp.Compliance;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// What we ask of a charger: one call in flight (OCPP-J 1.6, 4.1.1), the others in line. Each wish is sent once in a
/// session, whatever its entity says again; what came of it is told to the entity until it has confirmed.
/// </summary>
internal sealed class OutboundCalls(Line line)
{
    /// <summary>So many finished ones are remembered, for late answers and repeated wishes.</summary>
    private const int Remembered = 32;

    private readonly List<Wish> wishes = new(0);
    private Wish? inFlight;

    /// <summary>When there is something to do; null while there is not.</summary>
    public TimeSpan? DueAt
    {
        get
        {
            var due = inFlight?.Deadline;
            foreach (var wish in wishes)
            {
                if (wish.Telling is { } telling && !(due <= telling.DueAt)) due = telling.DueAt;
            }

            return due;
        }
    }

    public void Take(CallStation call)
    {
        if (call.Epoch != line.Epoch) return;
        if (wishes.Find(known => known.Call.RequestId == call.RequestId) is { } known)
        {
            if (known is { Answer: { } answer, Telling: null }) Report(known, answer);
            return;
        }

        var wish = new Wish(call);
        wishes.Add(wish);
        if (wishes.Count(one => one.Answer is null) > line.Gateway.Settings.OutgoingCalls)
        {
            line.Gateway.Metrics.LimitHit("outgoing-calls");
            Report(wish, new StationAnswer(RequestState.Failed, null, "queueFull", "Too many commands wait for this charger."));
            return;
        }

        Continue();
    }

    /// <summary>Hears a charger's answer, be it in time or late.</summary>
    /// <param name="id">Its message id; null when it could not be read, and then it is not used to guess.</param>
    public void Hear(string? id, Frame answer)
    {
        if (wishes.Find(known => known.MessageId is not null && known.MessageId == id) is not { } wish
            || wish.Answer is { State: not RequestState.TimedOut })
        {
            line.Gateway.Metrics.Unmatched();
            line.Deviated(RuleBook.UnmatchedAnswer, "An answer belongs to no call that waits for one.");
            return;
        }

        var heard = line.Who.Dialect.Hear(wish.Call.Request, wish.Action, answer, out var deviations);
        line.Deviated(deviations);
        Finish(wish, heard with { Response = heard.Response is { } text ? Redaction.Clean(text) : null });
    }

    public bool TryHear(Answer answer)
    {
        if (wishes.Find(known => known.Telling?.Ticket == answer.Ticket) is not { } wish) return false;
        wish.Telling = null;
        return true;
    }

    /// <summary>Does what is due.</summary>
    /// <returns>True when an entity has missed its time: it may have moved.</returns>
    public bool Check()
    {
        if (inFlight is { } late && late.Deadline <= line.Now)
        {
            line.Gateway.Metrics.Unanswered("out");
            Finish(late, StationAnswer.Unknown("noAnswer", "The charger did not answer in time; it may have done it or not."));
        }

        var missed = false;
        foreach (var wish in wishes)
        {
            if (wish.Telling is not { } telling || telling.DueAt > line.Now) continue;
            line.TellAgain(telling);
            missed = true;
        }

        return missed;
    }

    private void Continue()
    {
        while (inFlight is null && wishes.Find(wish => wish is { MessageId: null, Answer: null }) is { } next)
        {
            switch (line.Who.Dialect.Say(next.Call.Request))
            {
                case Said.Call call:
                    inFlight = next;
                    next.MessageId = Guid.CreateVersion7().ToString("N");
                    next.Action = call.Action;
                    next.Deadline = line.Now + TimeSpan.FromSeconds(next.Call.Patience);
                    line.Write(Frames.PrintCall(next.MessageId, call.Action, call.Payload), call.Action);
                    break;
                case Said.Impossible impossible:
                    Report(next, new StationAnswer(RequestState.Failed, null, "notSupported", impossible.Reason));
                    break;
            }
        }
    }

    private void Finish(Wish wish, StationAnswer answer)
    {
        if (inFlight == wish) inFlight = null;
        Report(wish, answer);
        Continue();
    }

    private void Report(Wish wish, StationAnswer answer)
    {
        if (wish.Answer is null) line.Gateway.Metrics.Called(wish.Action, answer.State.ToString());
        wish.Answer = answer;
        wish.Telling = line.Tell(new AnswerRequest(
            line.Who.Id, wish.Call.Epoch, wish.Call.RequestId, answer, line.Gateway.Time.GetUtcNow()));

        var finished = wishes.FindAll(one => one.Answer is not null && one != wish);
        if (finished.Count >= Remembered) wishes.Remove(finished[0]);
    }

    private sealed class Wish(CallStation call)
    {
        public CallStation Call => call;
        public string Action { get; set; } = "none";
        public string? MessageId { get; set; }
        public TimeSpan Deadline { get; set; }
        public StationAnswer? Answer { get; set; }
        public Telling? Telling { get; set; }
    }
}
