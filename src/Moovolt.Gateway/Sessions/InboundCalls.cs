using System.Net.WebSockets;
using Microsoft.Extensions.Logging;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp;
using Moovolt.Ocpp.Compliance;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// What a charger asks of us: one call after the other, each through its steps to its answer. A call that nobody can
/// answer in time stays unanswered: the charger then keeps what it said, and says it again (never a CALLERROR).
/// </summary>
internal sealed class InboundCalls(Line line, AnswersGiven answers)
{
    private const string OfNoCatalog = "unknown";

    private readonly Queue<Arrived> waiting = new(0);
    private readonly StatusesSaid statuses = new();
    private readonly Sends sends = new(line);
    private Arrived? current;
    private Step.Ask? asked;
    private Telling? telling;
    private (long Ticket, Step.Inquire Step)? inquired;
    private long inquiries;
    private TimeSpan giveUpAt;
    private (byte[] Answer, TimeSpan Until)? held;
    private (Step.Ask Ask, TimeSpan LookAt, TimeSpan Until)? putOff;
    private TimeSpan patientFrom;
    private bool isHeldInRed;
    private bool isHolding;

    /// <summary>When there is something to do; null while there is not.</summary>
    public TimeSpan? DueAt => held is { Until: var until } ? until
        : putOff is { } later ? later.LookAt
        : telling is null ? null
        : Earlier(telling.DueAt, Earlier(giveUpAt, FallsBackAt));

    /// <summary>Puts a frame that wants an answer in line.</summary>
    /// <param name="size">Its bytes, which the socket waits for when there are many.</param>
    public void Add(Frame frame, int size)
    {
        if (frame is Frame.Call && (current?.Frame is Frame.Call || waiting.Any(next => next.Frame is Frame.Call)))
            line.Deviated(RuleBook.SeveralCalls, "A call came while another one had no answer yet.");
        waiting.Enqueue(new Arrived(frame, size, line.Gateway.Time.GetUtcNow(), line.Now));
        if (IsOfTransaction(frame)) line.HeardOfTransaction();
        if (held is not null && IsOfTransaction(frame)) Release();
        if (putOff is not null && IsOfTransaction(frame)) PutOffNoMore();
        Continue();
    }

    /// <summary>Goes on with the next calls, as far as that is possible at once.</summary>
    public void Continue()
    {
        while (line.IsRegistered && current is null && waiting.TryDequeue(out var next))
        {
            current = next;
            giveUpAt = line.Now + line.Gateway.Settings.AnswerPatience;
            switch (next.Frame)
            {
                case Frame.Call:
                    Advance(null);
                    break;
                case Frame.Send send:
                    Finish(null, sends.IsTaken(send, Action, ArrivalOf()) ? "taken" : "ignored");
                    break;
                case Frame.Unreadable { Fault: { } fault, Id: { } id }:
                    Finish(Frames.PrintError(id, fault), fault.Code);
                    break;
                default:
                    Finish(null, "ignored");
                    break;
            }
        }
    }

    public bool TryHear(Answer answer)
    {
        if (telling?.Ticket != answer.Ticket) return false;
        if (answer.Reply is BootAnswered boot && telling.Command is ReportBoot report) line.Booted(boot, report.Details);
        Advance(answer.Reply);
        Continue();
        return true;
    }

    /// <summary>Whoever was asked outside has answered, or nobody did.</summary>
    public void Hear(Inquired answer)
    {
        if (inquired is not { } waited || waited.Ticket != answer.Ticket) return;
        Advance(null, answer.Finding);
        Continue();
    }

    /// <summary>What the node has to say to who holds a transaction message.</summary>
    public void Hear(Unanswered.Sign sign)
    {
        if (telling is null || !IsOfTransaction(current!.Frame)) return; // it has been answered meanwhile
        if (sign == Unanswered.Sign.TellAgain && isHeldInRed) Relieve();
        else if (sign == Unanswered.Sign.LetGo) LetGo();
    }

    /// <summary>Does what is due.</summary>
    /// <returns>True when an entity has missed its time: it may have moved.</returns>
    public bool Check()
    {
        if (!(DueAt <= line.Now)) return false;
        if (held is not null)
        {
            Release();
            Continue();
            return false;
        }

        if (putOff is { } later)
        {
            if (Strain == Strain.Green || later.Until <= line.Now) PutOffNoMore();
            else putOff = later with { LookAt = Earlier(later.Until, line.Now + line.Gateway.Settings.RetryAfter) };
            return false;
        }

        if (isHeldInRed && Strain != Strain.Red)
        {
            Relieve();
        }
        else if (FallsBackAt <= line.Now)
        {
            Advance(null);
            Continue();
        }
        else if (giveUpAt <= line.Now)
        {
            GiveUp();
        }
        else
        {
            TellAgain();
        }

        return true;
    }

    // There is a telling, so there is an ask. While nothing can be stored there is nothing to go on to: whoever is asked
    // may then take as long, and the answer is a better one. While storing is slow a transaction's asks get more time.
    private TimeSpan FallsBackAt => asked!.Otherwise is null || Strain == Strain.Red
        ? TimeSpan.MaxValue
        : patientFrom + (Strain == Strain.Yellow && IsOfTransaction(current!.Frame)
            ? line.Gateway.Settings.PutOffFor
            : Step.Ask.Patience);

    private Strain Strain => line.Gateway.Gate.Strain;

    private void TellAgain()
    {
        line.TellAgain(telling!); // due
        isHeldInRed = Strain == Strain.Red;
        if (!IsOfTransaction(current!.Frame)) return;
        isHolding = true;
        line.Gateway.Unanswered.Hold(line.Self, toTheEnd: giveUpAt == TimeSpan.MaxValue);
    }

    // Something can be stored again: the entity is told at once, and has a little while, however long it has been.
    private void Relieve()
    {
        var aWhile = line.Now + (2 * line.Gateway.Settings.RetryAfter);
        if (giveUpAt == TimeSpan.MaxValue || giveUpAt < aWhile) giveUpAt = aWhile;
        patientFrom = line.Now;
        TellAgain();
    }

    // A bug in the handling of a frame costs this frame its answer, not the socket.
    private void Advance(Reply? reply, Finding? finding = null)
    {
        try
        {
            Take(Next(reply, finding));
        }
        catch (Exception bug)
        {
            line.Gateway.Logger.LogError(bug, "{ChargePoint}: a {Action} could not be handled", line.Who.Id, Action);
            Stay("failed", "a defect of ours");
        }
    }

    private Step Next(Reply? reply, Finding? finding)
    {
        if (finding is not null) return inquired!.Value.Step.Then(finding); // it was asked for
        if (asked is null) return Begin();
        return reply is null ? asked.Otherwise!() : asked.Then(reply); // null only when due
    }

    private Step Begin()
    {
        var (call, who) = (Call, line.Who);
        if (line.Registration != Registration.Accepted && !line.MayPrecedeAcceptance(call.Action))
        {
            line.Deviated(RuleBook.CallBeforeBoot, $"{Action} came before its boot was accepted.");
            if (!line.OwesOnlyItsBoot || !line.Manner.Has(Tolerances.CallsBeforeBoot))
                return new Step.Fail(new Fault("SecurityError", "Your BootNotification has not been accepted yet."));
        }

        var step = who.Dialect.Handle(call, ArrivalOf(), out var deviations);
        line.Deviated(deviations);
        return step;
    }

    private Arrival ArrivalOf() => new(
        line.Who.Id, line.Epoch, current!.At, line.UnknownTokens, // it has begun
        (int)line.Gateway.Settings.HeartbeatInterval.TotalSeconds, [], null)
    {
        Manner = line.Manner,
        Version = line.Who.Dialect.Version,
        Vendors = line.Gateway.Vendors.Rules,
        Needs = line.Gateway.Settings.Needs,
    };

    private void Take(Step step)
    {
        (asked, telling, inquired, putOff) = (null, null, null, null);
        switch (step)
        {
            case Step.Ask { Command: ReportBoot boot } when line.Who.IsAnother(boot.Details):
                SendAway();
                break;
            case Step.Ask ask:
                if (MayBePutOff(ask.Command))
                    putOff = (ask, line.Now + line.Gateway.Settings.RetryAfter, line.Now + line.Gateway.Settings.PutOffFor);
                else Tell(ask);
                break;
            case Step.Inquire inquire:
                Inquire(inquire);
                break;
            case Step.Respond respond:
                if (respond.Keep is { } samples) line.Gateway.Witness.Readings(line.Who.Id, current!.At, samples);
                if (respond.Values is { } values) line.Gateway.Witness.Values(line.Who.Id, current!.At, values);
                if (respond.Note is { } note) line.Mention(note);
                var answer = Frames.PrintResult(Call.Id, line.Who.Dialect.PrintResponse(
                    respond.Payload, line.Gateway.Time.GetUtcNow()));
                if (respond.Missed && DelayOfMiss() is { Ticks: > 0 } delay) held = (answer, line.Now + delay);
                else Finish(answer, "accepted");
                break;
            case Step.Fail fail:
                Finish(Frames.PrintError(Call.Id, fail.Fault), fail.Fault.Code);
                break;
            case Step.StaySilent silent:
                Stay("silent", silent.Reason);
                break;
        }
    }

    private void Tell(Step.Ask ask)
    {
        asked = ask;
        telling = line.Tell(statuses.With(ask.Command), awaited: true);
        patientFrom = telling.Began;
    }

    // While storing is slow, what is no transaction's waits: statuses, reports, events. Not what a driver stands before
    // (tokens), not the boot that all else waits for, and nothing that a transaction message waits behind.
    private bool MayBePutOff(Command command) =>
        Strain != Strain.Green && command is ChargePointCommand and not ReportBoot
        && !IsOfTransaction(current!.Frame) && !waiting.Any(next => IsOfTransaction(next.Frame));

    private void PutOffNoMore()
    {
        var (ask, _, _) = putOff!.Value; // asked before
        putOff = null;
        Tell(ask);
    }

    // The calls behind it wait, as they do for an entity: a charger's frames are handled in order. That is why whoever is
    // asked has less time than a charger waits for an answer.
    private void Inquire(Step.Inquire inquire)
    {
        var ticket = ++inquiries;
        inquired = (ticket, inquire);
        line.Await(
            line.Gateway.Inquirer.AskAsync(inquire.Inquiry),
            finding => new Inquired(ticket, finding),
            bug =>
            {
                line.Gateway.Logger.LogError(bug, "{ChargePoint}: a {Question} could not be asked", line.Who.Id, inquire.Inquiry.GetType().Name);
                return new Inquired(ticket, new NothingFound("moovolt", "InternalError", "It could not be asked."));
            });
    }

    // What a transaction has to say waits for no guesser.
    private TimeSpan DelayOfMiss()
    {
        var delay = TokenGuessing.Saw(line);
        return waiting.Any(next => IsOfTransaction(next.Frame)) ? TimeSpan.Zero : delay;
    }

    private bool IsOfTransaction(Frame frame) =>
        frame is Frame.Call call && line.Who.Dialect.IsTransactionMessage(call.Action);

    private void Release() => Finish(held!.Value.Answer, "accepted"); // only what is held is released

    // The brown-out rule: a charger whose transaction cannot be stored must not use up its attempts on us. Offline, it
    // keeps what it has; short outages never come to this. Until it is this socket's turn its entity is told again.
    private void GiveUp()
    {
        if (Strain == Strain.Red && IsOfTransaction(current!.Frame))
        {
            giveUpAt = TimeSpan.MaxValue;
            TellAgain();
        }
        else
        {
            Stay("unanswered", "nobody answered in time");
            Continue();
        }
    }

    private void LetGo()
    {
        Stay("unanswered", "nothing can be stored");
        line.Pump.Close(SessionActor.TryAgainLater, "nothing can be stored at the moment");
    }

    // Whoever holds the certificate of one charger and is another has no business here.
    private void SendAway()
    {
        const string why = "The serial number that it says is not the one that its certificate was issued to "
            + "(InvalidChargePointCertificate).";
        line.Gateway.Witness.Misconduct(line.Who, "invalid-charge-point-certificate", why);
        Stay("refused", why);
        line.Pump.Close(WebSocketCloseStatus.PolicyViolation, "not the charger that the certificate is of");
    }

    private void Stay(string result, string why)
    {
        line.Gateway.Metrics.Unanswered("in");
        line.Gateway.Logger.LogInformation("{ChargePoint}: a {Action} stays unanswered: {Why}", line.Who.Id, Action, why);
        Finish(null, result);
    }

    private void Finish(byte[]? answer, string result)
    {
        var done = current!; // whatever ends has begun
        var action = Action;
        if (answer is not null) line.Write(answer, action);
        if (answer is not null && result == "accepted") answers.Add(Call.Id, action);
        line.Gateway.Metrics.Answered(
            action, result, line.Now - done.Since, answer is not null && line.Who.Dialect.IsTransactionMessage(action));
        (current, asked, telling, inquired, held, putOff) = (null, null, null, null, null, null);
        if (isHolding) line.Gateway.Unanswered.Release(line.Self);
        (isHeldInRed, isHolding) = (false, false);
        line.Pump.Done(done.Size);
    }

    private Frame.Call Call => (Frame.Call)current!.Frame; // only calls have steps

    private string Action
    {
        get
        {
            var said = current?.Frame switch
            {
                Frame.Call call => call.Action,
                Frame.Send send => send.Action,
                _ => "",
            };
            return ActionCatalog.Find(line.Who.Dialect.Version, said)?.Name ?? OfNoCatalog;
        }
    }

    private static TimeSpan Earlier(TimeSpan one, TimeSpan other) => one < other ? one : other;

    /// <summary>What came of a question to somebody outside.</summary>
    public sealed record Inquired(long Ticket, Finding Finding);

    private sealed record Arrived(Frame Frame, int Size, DateTimeOffset At, TimeSpan Since);
}
