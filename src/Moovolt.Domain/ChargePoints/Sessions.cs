using System.Collections.Immutable;

namespace Moovolt.Domain.ChargePoints;

using Decision = Decision<ChargePointEvent>;

/// <summary>
/// Who holds the charger's socket. Each accepted socket gets the next epoch, journaled before it is handed out; the
/// newest authenticated socket wins; what an older one says of itself changes nothing.
/// </summary>
internal static class Sessions
{
    /// <summary>So many are told apart: what is on its way for longer than it takes as many sockets is lost.</summary>
    public const int MostOver = 4;

    public static Decision Open(ChargePoint state, OpenSession c)
    {
        if (state.Retired) return new(new Fenced(SessionEnd.Retired));
        if (SecurityProfiles.IsTooLow(state, c)) return new(new Fenced(SessionEnd.ProfileTooLow));
        if (IsOfAnotherKey(state, c) || Renewals.AreOver(state, c)) return new(new Fenced(SessionEnd.CredentialChanged));

        // The same session again, after its entity has moved or its answer was lost: nothing new, but what it was
        // given and has not answered is given again. The session knows what it has already sent.
        if (state.Session?.Session == c.Session)
            return new(Opened(state, state.Session.Epoch))
            {
                Deliveries = Requests.Deliver(state.Asked.Where(request => request.Epoch == state.Session.Epoch)),
            };

        if (c.Epoch > 0 && c.Epoch <= state.LastEpoch) return Returning(state, c);

        // Its first word, and it was over before that came: whoever holds the charger now came after it.
        if (state.SessionsOver.Contains(c.Session)) return new(new Fenced(SessionEnd.Replaced));

        var epoch = state.LastEpoch + 1;
        var events = ImmutableArray.CreateBuilder<ChargePointEvent>();
        ImmutableArray<Delivery> deliveries = [];
        if (state.Session is { } old)
        {
            events.AddRange(Requests.Abandon(state, old.Epoch, SessionEnd.Replaced, c.At));
            events.Add(new SessionClosed(c.Id, old.Epoch, SessionEnd.Replaced, c.At));
            deliveries = deliveries.Add(new CloseSocket(old.Epoch, SessionEnd.Replaced));
        }

        events.Add(new SessionOpened(
            c.Id, epoch, c.Session, c.Protocol, c.Node, c.Incarnation, c.RemoteAddress, c.CredentialVersion, c.At,
            c.SecurityProfile, c.CertificateExpiredAt));
        events.AddRange(SecurityProfiles.Opened(state, c));
        var opened = Opened(events.Aggregate(state, ChargePoint.Apply), epoch);

        if (opened.Registered != Registration.Accepted)
            return new(opened, events.ToImmutable()) { Deliveries = deliveries };

        var (sent, calls) = Requests.SendQueued(state, c.Id, epoch, c.At);
        events.AddRange(sent);
        return new(opened, events.ToImmutable()) { Deliveries = deliveries.AddRange(calls) };
    }

    /// <summary>
    /// Whoever speaks another protocol than before is another machine inside: what it said of its connectors and its
    /// configuration is over, and it says both anew. What has happened stays.
    /// </summary>
    public static ChargePoint Apply(ChargePoint state, SessionOpened e)
    {
        var opened = state with
        {
            Session = e, LastEpoch = e.Epoch, LastSession = e.Session, LastProtocol = e.Protocol,
        };
        if (state.LastSession is { } last && last != e.Session) opened = Over(opened, last);
        return state.Protocol is { } before && before != e.Protocol
            ? opened with { Connectors = [], Configuration = [] }
            : opened;
    }

    public static Decision Close(ChargePoint state, CloseSession c)
    {
        if (state.Session is not { } session || session.Epoch != c.Epoch) return new(new Reply.Repeated());
        return new(
            new Reply.Accepted(),
            [.. Requests.Abandon(state, c.Epoch, c.Reason, c.At), new SessionClosed(c.Id, c.Epoch, c.Reason, c.At)]);
    }

    public static Decision Withdraw(ChargePoint state, WithdrawSession c)
    {
        if (state.SessionsOver.Contains(c.Session)) return new(new Reply.Repeated());
        var withdrawn = new SessionWithdrawn(c.Id, c.Session, c.At);
        return state.Session is { } session && session.Session == c.Session
            ? new(
                new Reply.Accepted(),
                [
                    .. Requests.Abandon(state, session.Epoch, c.Reason, c.At),
                    new SessionClosed(c.Id, session.Epoch, c.Reason, c.At), withdrawn,
                ])
            : new(new Reply.Accepted(), withdrawn);
    }

    /// <summary>
    /// Whoever said goodbye is over. One whose member was taken for dead may live, and come back while nobody else has.
    /// </summary>
    public static ChargePoint Apply(ChargePoint state, SessionClosed e)
    {
        if (state.Session is not { } session || session.Epoch != e.Epoch) return state;
        var closed = state with { Session = null };
        return e.Reason == SessionEnd.NodeLost ? closed : Over(closed, session.Session);
    }

    /// <summary>That session opens nothing any more.</summary>
    public static ChargePoint Over(ChargePoint state, string session)
    {
        var over = state.SessionsOver;
        if (over.Contains(session)) return state;
        return state with { SessionsOver = (over.Length < MostOver ? over : over.RemoveAt(0)).Add(session) };
    }

    public static Decision ReportBoot(ChargePoint state, ReportBoot c)
    {
        var answer = new BootAnswered(state.Registration);
        if (c.Epoch < state.LastEpoch) return new(answer);

        // The session repeats what it could not hear answered: one boot of one session is one event.
        if (state.Boot is { } boot && boot.Epoch == c.Epoch && boot.Details == c.Details && boot.Registration == state.Registration)
            return Renewals.Begin(state, c, new(answer));

        var booted = new ChargePointBooted(c.Id, c.Epoch, c.Details, state.Registration, c.At);
        if (state.Registration != Registration.Accepted) return Renewals.Begin(state, c, new(answer, booted));

        var (sent, calls) = Requests.SendQueued(state, c.Id, c.Epoch, c.At);
        return new(answer, [booted, .. sent]) { Deliveries = calls };
    }

    // Whoever changed the key had this session closed, and that may not have reached it: it is told once more whenever
    // it comes. One that a charger opens after it was rejected is let in: it hears so when it boots (OCPP 1.6, 4.2).
    private static bool IsOfAnotherKey(ChargePoint state, OpenSession c) => state.Registered is { } registered
        && (c.CredentialVersion < registered.CredentialVersion
            || (registered.Registration == Registration.Rejected && IsFromBefore(state, c, registered.At)));

    private static bool IsFromBefore(ChargePoint state, OpenSession c, DateTimeOffset at) =>
        state.Session is { } session && session.Session == c.Session ? session.At < at : c.Epoch > 0;

    // A session that lived on while its charge point believed it gone: its member had been taken for dead. If nobody
    // else has come, it goes on under the epoch that it has; else it is the older one.
    private static Decision Returning(ChargePoint state, OpenSession c)
    {
        if (state.Session is not null || c.Epoch != state.LastEpoch || c.Session != state.LastSession)
            return new(new Fenced(SessionEnd.Replaced));
        var opened = new SessionOpened(
            c.Id, c.Epoch, c.Session, c.Protocol, c.Node, c.Incarnation, c.RemoteAddress, c.CredentialVersion, c.At,
            c.SecurityProfile, c.CertificateExpiredAt);
        return new(Opened(ChargePoint.Apply(state, opened), c.Epoch), opened);
    }

    // What it was answered at a boot of before does not let one in further whose certificate has expired since.
    private static SessionOpen Opened(ChargePoint state, long epoch)
    {
        var answered = state.Boot?.Registration;
        return new(
            epoch, state.IsRenewing && answered == Registration.Accepted ? Registration.Pending : answered, state.UnknownTokens,
            state.Registered?.Strict ?? false, state.Registered?.QuirkProfile, state.Boot?.Details, state.Registration,
            state.Registered?.TimeZone, !state.Open.IsEmpty, Unbooted.Owes(state));
    }
}
