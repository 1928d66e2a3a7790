using System.Net.WebSockets;
using Akka.Actor;
using Microsoft.Extensions.Logging;
using Moovolt.Domain;
using Moovolt.Domain.ChargePoints;
using Moovolt.Ocpp;
using Moovolt.Ocpp.Compliance;

namespace Moovolt.Gateway.Sessions;

/// <summary>
/// One charger's session: it owns the socket and OCPP's "one call in flight", and no business state at all. It takes
/// frames (byte arrays, from the pump), answers of entities, and what the charge point's entity wants of the charger.
/// </summary>
internal sealed class SessionActor : UntypedActor
{
    public const WebSocketCloseStatus TryAgainLater = (WebSocketCloseStatus)1013; // RFC 6455's registry, IANA

    /// <summary>
    /// More than an hour of them: nobody else sees that the socket of a living node is gone, and a charge point whose
    /// goodbye was said into an outage of the journal would count as online until its charger came again.
    /// </summary>
    private const int GoodbyesToSay = 500;

    private const string Lost = "the connection was lost";

    private static readonly TimeSpan Soon = TimeSpan.FromMilliseconds(10);

    private readonly Line line;
    private readonly Registering registering;
    private readonly AnswersGiven answers;
    private readonly InboundCalls inbound;
    private readonly OutboundCalls outbound;
    private readonly Silence silence;
    private readonly AskingForBoot asking;
    private TimeSpan? wakeAt;
    private ICancelable? alarm;
    private string? shut;
    private string? ended;
    private Telling? goodbye;
    private bool hasFailed;

    public SessionActor(Who who, SocketPump pump, GatewayParts gateway)
    {
        line = new Line(who, pump, gateway, Self);
        registering = new Registering(line);
        answers = new AnswersGiven(line);
        inbound = new InboundCalls(line, answers);
        outbound = new OutboundCalls(line);
        silence = new Silence(line);
        asking = new AskingForBoot(line);
    }

    /// <summary>The socket is gone.</summary>
    public sealed record Ended(string Reason);

    protected override void PreStart()
    {
        registering.Begin();
        SetAlarm();
    }

    protected override void PostStop()
    {
        alarm?.Cancel();
        line.Gateway.Unanswered.Release(Self);
        if (ended is null) line.Pump.Close(WebSocketCloseStatus.EndpointUnavailable, "the session has ended");
    }

    protected override void OnReceive(object message)
    {
        try
        {
            Take(message);
        }
        catch (Exception bug) when (!hasFailed)
        {
            Fail(bug);
        }

        SetAlarm();
    }

    private void Take(object message)
    {
        switch (message)
        {
            case byte[] frame when !hasFailed:
                Read(frame);
                break;
            case Answer answer:
                Hear(answer);
                break;
            case CallStation call when !line.Pump.IsClosing:
                outbound.Take(call);
                break;
            case InboundCalls.Inquired inquired when ended is null:
                inbound.Hear(inquired);
                break;
            case Rotating.Prepared prepared when !line.Pump.IsClosing:
                outbound.Hear(prepared);
                break;
            case Rotating.Settled settled:
                outbound.Hear(settled);
                break;
            case Unanswered.Sign sign when !line.Pump.IsClosing:
                inbound.Hear(sign);
                break;
            case HearSo so when so.Epoch == line.Epoch:
                line.HearSo(so.Strict, so.QuirkProfile, so.TimeZone);
                break;
            case CloseSocket close when close.Epoch == line.Epoch:
                Shut(close.Reason);
                break;
            case Terminated gone when gone.ActorRef.Equals(registering.Entity) && ended is null:
                registering.Lost();
                break;
            case Ended { Reason: var reason }:
                End(reason);
                break;
            case Wake:
                wakeAt = null;
                Check();
                break;
        }
    }

    // A bug outside the handling of one frame: nobody knows what else is wrong here, so the charger comes anew. All that
    // is left to do is to say so to its entity, like after any other end.
    private void Fail(Exception bug)
    {
        hasFailed = true;
        line.Gateway.Logger.LogError(bug, "{ChargePoint}: its session has failed, and is closed", line.Who.Id);
        line.Gateway.Unanswered.Release(Self);
        line.Pump.Close(WebSocketCloseStatus.EndpointUnavailable, "the session has failed");
    }

    private void Read(byte[] bytes)
    {
        var frame = Frames.Parse(bytes, line.Who.Dialect.Framing, out var flaws);
        var about = frame is Frame.CallResultError { Id: var answered } ? answers.ActionOf(answered) : null;
        line.Gateway.Witness.Received(line.Who.Id, line.Epoch, frame, line.Clean(bytes), about);
        if (flaws != FrameFlaws.None || frame is Frame.Unreadable or Frame.Ignored) NoteFlaws(frame, flaws, bytes);
        silence.Break();
        switch (frame)
        {
            case Frame.Call or Frame.Send or Frame.Unreadable { Fault: not null, Id: not null }:
                inbound.Add(frame, bytes.Length);
                CloseIfTooDeep(frame);
                return; // its place in the window is free once it has been dealt with
            case Frame.CallResult result:
                outbound.Hear(result.Id, result);
                break;
            case Frame.CallError error:
                outbound.Hear(error.Id, error);
                break;
            case Frame.CallResultError refusal:
                answers.Hear(refusal);
                break;
            case Frame.Unreadable ruins:
                outbound.Hear(ruins.Id, ruins);
                break;
        }

        line.Pump.Done(bytes.Length);
        CloseIfTooDeep(frame);
    }

    // It is answered first, when there is somebody to answer: one that sends it in good faith need not send it again.
    private void CloseIfTooDeep(Frame frame)
    {
        if (frame is not Frame.Unreadable { TooDeep: true }) return;
        line.Gateway.Metrics.LimitHit("json-depth");
        line.Pump.Close(WebSocketCloseStatus.PolicyViolation, "nested deeper than anything in OCPP");
    }

    private void NoteFlaws(Frame frame, FrameFlaws flaws, byte[] bytes)
    {
        var example = line.Clean(bytes);
        foreach (var rule in RuleBook.Of(flaws)) line.Deviated(rule, example);
        if (frame is Frame.Unreadable) line.Deviated(RuleBook.UnreadableFrame, example);
        if (frame is Frame.Ignored) line.Deviated(RuleBook.UnknownMessageType, example);
    }

    private void Hear(Answer answer)
    {
        if (registering.TryHear(answer.Ticket, Sender)) Registered(answer.Reply);
        else if (goodbye?.Ticket == answer.Ticket) Context.Stop(Self);
        else if (ended is null && !hasFailed && !inbound.TryHear(answer) && !outbound.TryHear(answer))
            asking.TryHear(answer.Ticket);
    }

    private void Registered(Reply reply)
    {
        switch (reply)
        {
            case SessionOpen open:
                line.Registered(open);
                asking.Registered();
                Context.Watch(Sender);
                if (ended is null && !hasFailed) inbound.Continue();
                break;
            case Fenced fenced:
                Shut(fenced.Reason);
                break;
            case Reply.Refused refused:
                line.Gateway.Logger.LogWarning("{ChargePoint}: no session: {Reason}", line.Who.Id, refused.Reason);
                line.Pump.Close(TryAgainLater, "try again later");
                break;
        }
    }

    // The entity has said that this session is over, or shall be.
    private void Shut(string reason)
    {
        if (shut is not null) return;
        shut = reason;
        if (ended is null && reason == SessionEnd.Replaced && line.Gateway.Flapping.Displaced(line.Who.Id))
            line.Gateway.Logger.LogWarning("{ChargePoint} flaps: several sockets fight for this identity", line.Who.Id);
        line.Pump.Close(WebSocketCloseStatus.PolicyViolation, reason);
        if (ended is not null) Context.Stop(Self);
    }

    private void End(string reason)
    {
        ended = shut ?? reason;
        var known = shut == SessionEnd.Replaced || (shut is not null && !line.IsRegistered);
        if (known) Context.Stop(Self); // its entity said so
        else SayGoodbye(ended, line.Gateway.Time.GetUtcNow());
    }

    // Before it has heard of its epoch it may have been opened unseen, or be opened yet by what it said: then it takes that
    // back, and says no more that it is there. The charger may have come again, and the newest socket is the one that counts.
    private void SayGoodbye(string why, DateTimeOffset now) => goodbye ??= line.Tell(line.IsRegistered
        ? new CloseSession(line.Who.Id, line.Epoch, why, now)
        : new WithdrawSession(line.Who.Id, registering.Session, why, now));

    private void Check()
    {
        if (ended is null && line.Pump.IsOver) End(Lost);
        if (goodbye is not null) CheckGoodbye(goodbye);
        else if (!line.Pump.IsClosing) CheckOpen();
    }

    private void CheckOpen()
    {
        if (IsTooLate) GiveUp();
        else registering.Check();

        // Both are asked: the one must not wait for the other.
        if (inbound.Check() | outbound.Check()) registering.Begin();
        asking.Check();
        silence.Check();
    }

    private void CheckGoodbye(Telling said)
    {
        if (said.DueAt > line.Now) return;
        if (said.Times >= GoodbyesToSay) Context.Stop(Self);
        else line.TellAgain(said);
    }

    private void GiveUp()
    {
        line.Gateway.Metrics.LimitHit("registration");
        line.Pump.Close(TryAgainLater, "try again later");
    }

    private bool IsTooLate => !line.IsRegistered && line.Now >= line.Gateway.Settings.AnswerPatience;

    // One alarm at a time, for whatever is due first. One that rings too early does no harm, so none is put off.
    private void SetAlarm()
    {
        var due = Due();
        if (wakeAt <= due) return;
        alarm?.Cancel();
        wakeAt = due;
        var delay = due - line.Now;
        alarm = Context.System.Scheduler.ScheduleTellOnceCancelable(delay > Soon ? delay : Soon, Self, Wake.Up, Self);
    }

    private TimeSpan Due()
    {
        if (goodbye is not null) return goodbye.DueAt;
        // and then it is over
        if (line.Pump.IsClosing) return line.Now + line.Gateway.Settings.CloseTimeout;
        var due = registering.DueAt;
        if (!line.IsRegistered && line.Gateway.Settings.AnswerPatience is var patience && patience < due)
            due = patience;
        if (inbound.DueAt is { } call && call < due) due = call;
        if (outbound.DueAt is { } wish && wish < due) due = wish;
        if (asking.DueAt is { } boot && boot < due) due = boot;
        if (silence.DueAt is { } end && end < due) due = end;
        return due;
    }

    private sealed class Wake
    {
        public static readonly Wake Up = new();
    }
}
