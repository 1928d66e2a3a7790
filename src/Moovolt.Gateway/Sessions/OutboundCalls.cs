using Microsoft.Extensions.Logging;
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
    private readonly Rotating rotating = new(line);

    /// <summary>So many that are over and confirmed are remembered, for late answers and repeated wishes.</summary>
    private const int Remembered = 32;

    /// <summary>
    /// While the journal stands still nothing is confirmed and nothing may be forgotten: a wish beyond these is not
    /// taken. Nothing of it is lost: it has not been sent, and its entity gives it again when this session next registers.
    /// </summary>
    private int MostKept => line.Gateway.Settings.OutgoingCalls + Remembered;

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

        if (wishes.Count >= MostKept)
        {
            line.Gateway.Metrics.LimitHit("outgoing-calls");
            return;
        }

        var wish = new Wish(call);
        wishes.Add(wish);
        if (wishes.Count(one => one.Answer is null) > line.Gateway.Settings.OutgoingCalls)
        {
            line.Gateway.Metrics.LimitHit("outgoing-calls");
            Report(wish, NeverSent(wish, "queueFull", "Too many commands wait for this charger."));
            return;
        }

        Continue();
    }

    /// <summary>Hears a charger's answer, be it in time or late.</summary>
    /// <param name="id">Its message id; null when it could not be read, and then it is not used to guess.</param>
    public void Hear(string? id, Frame answer)
    {
        if (wishes.Find(known => known.MessageId is not null && known.MessageId == id) is not { } wish
            || wish.Answer is { State: not RequestState.TimedOut } || wish.IsBeingStored)
        {
            line.Gateway.Metrics.Unmatched();
            line.Deviated(RuleBook.UnmatchedAnswer, "An answer belongs to no call that waits for one.");
            return;
        }

        var heard = Cleaned(Understood(wish, answer));
        if (Rotating.Concerns(heard)) Settle(wish, heard);
        else Finish(wish, heard);
    }

    /// <summary>What is kept of a new password is stored, and it may be sent; or it is not, and must not be.</summary>
    public void Hear(Rotating.Prepared prepared)
    {
        if (wishes.Find(known => known.Call.RequestId == prepared.RequestId) is not { Answer: null } wish) return;
        wish.IsBeingStored = false;
        if (prepared.WhyNot is (var code, var why)) Finish(wish, NeverSent(wish, code, why));
        else if (line.Who.Dialect.Say(wish.Request) is Said.Call call) Send(wish, call);
    }

    /// <summary>The door is as the charger's answer has it: now the answer may be told.</summary>
    public void Hear(Rotating.Settled settled)
    {
        if (wishes.Find(known => known.Call.RequestId == settled.RequestId) is not { } wish) return;
        wish.IsBeingStored = false;
        Finish(wish, settled.Answer);
    }

    public bool TryHear(Answer answer)
    {
        if (wishes.Find(known => known.Telling?.Ticket == answer.Ticket) is not { } wish) return false;
        wish.Telling = null;
        Forget();
        return true;
    }

    /// <summary>Does what is due.</summary>
    /// <returns>True when an entity has missed its time: it may have moved.</returns>
    public bool Check()
    {
        if (inFlight is { } late && late.Deadline <= line.Now)
        {
            line.Gateway.Metrics.Unanswered("out");
            Finish(late,
                StationAnswer.Unknown("noAnswer", "The charger did not answer in time; it may have done it or not."));
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
            if (next.Call.Request is RotatePassword) next.Request = Rotating.Make();
            switch (Worded(next))
            {
                case null:
                    Report(next, NeverSent(next, "failed", "It could not be put into words: a defect of ours."));
                    break;
                case Said.Call when next.Request is RotatePassword { New: { } password }:
                    Prepare(next, password);
                    break;
                case Said.Call call:
                    Send(next, call);
                    break;
                case Said.Impossible impossible:
                    Report(next, NeverSent(next, "notSupported", impossible.Reason));
                    break;
            }
        }
    }

    // A bug in the wording of a wish, or in the reading of its answer, costs that wish and not the socket: its entity would
    // only give it again to the next session.
    private Said? Worded(Wish wish)
    {
        try
        {
            return line.Who.Dialect.Say(wish.Request);
        }
        catch (Exception bug)
        {
            line.Gateway.Logger.LogError(
                bug, "{ChargePoint}: the command {RequestId} could not be put into words", line.Who.Id, wish.Call.RequestId);
            return null;
        }
    }

    private StationAnswer Understood(Wish wish, Frame answer)
    {
        try
        {
            var heard = line.Who.Dialect.Hear(wish.Request, wish.Action, answer, out var deviations, out var fault);
            line.Deviated(deviations);
            if (fault is not null) Object(wish, fault);
            return heard;
        }
        catch (Exception bug)
        {
            line.Gateway.Logger.LogError(
                bug, "{ChargePoint}: the answer to a {Action} could not be handled", line.Who.Id, wish.Action);
            return new StationAnswer(
                RequestState.Failed, answer is Frame.CallResult result ? result.Payload.GetRawText() : null,
                "unreadableAnswer", "The charger answered, and its answer was not understood: a defect of ours.");
        }
    }

    private void Send(Wish wish, Said.Call call)
    {
        inFlight = wish;
        wish.MessageId = Guid.CreateVersion7().ToString("N");
        wish.Action = call.Action;
        wish.Deadline = line.Now + TimeSpan.FromSeconds(wish.Call.Patience);
        line.Write(Frames.PrintCall(wish.MessageId, call.Action, call.Payload), call.Action);
    }

    // The line is taken meanwhile: it takes milliseconds, and what may be lost must be known to be stored.
    private void Prepare(Wish wish, Secret password)
    {
        (inFlight, wish.Deadline, wish.IsBeingStored) = (wish, null, true);
        line.Confide(password);
        rotating.Prepare(wish.Call.RequestId, password);
    }

    private void Settle(Wish wish, StationAnswer heard)
    {
        (wish.Deadline, wish.IsBeingStored) = (null, true);
        rotating.Settle(wish.Call.RequestId, heard);
    }

    // From 2.1 on a charger hears that its answer is not as specified; what could be read of it counts all the same.
    private void Object(Wish wish, Fault fault)
    {
        line.Gateway.Metrics.ResultRefused(wish.Action, "out");
        line.Write(Frames.PrintResultError(wish.MessageId!, fault), wish.Action); // it was found by it
    }

    // What a charger answers may repeat what it was given.
    private StationAnswer Cleaned(StationAnswer heard) => heard with
    {
        Response = heard.Response is { } text ? line.Clean(text) : null,
        ErrorDescription = heard.ErrorDescription is { } words ? line.Unconfided(words) : null,
    };

    private static StationAnswer NeverSent(Wish wish, string code, string why) =>
        new(RequestState.Failed, null, code, why, wish.Call.Request is RotatePassword ? new PasswordKept() : null);

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
    }

    // What has not been confirmed may be given again, and must then be known: it would be sent a second time.
    private void Forget()
    {
        var confirmed = wishes.FindAll(one => one is { Answer: not null, Telling: null, IsBeingStored: false });
        if (confirmed.Count > Remembered) wishes.Remove(confirmed[0]);
    }

    private sealed class Wish(CallStation call)
    {
        public CallStation Call => call;

        /// <summary>What is said: the wish, and what only this session adds to it.</summary>
        public StationRequest Request { get; set; } = call.Request;

        public string Action { get; set; } = "none";
        public string? MessageId { get; set; }

        /// <summary>When its answer is overdue; null while it is not the charger that is waited for.</summary>
        public TimeSpan? Deadline { get; set; }

        /// <summary>
        /// What belongs to it is on its way to the database: before it is sent, or before its answer is told.
        /// </summary>
        public bool IsBeingStored { get; set; }

        public StationAnswer? Answer { get; set; }
        public Telling? Telling { get; set; }
    }
}
